using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>Open hub connections whose sessions are signed out: how soon they are cut, and what they weigh.</summary>
internal sealed class LiveConnections(Scale scale) : IScenario
{
    public static readonly Metric Median = new("p50 from the sign-out's answer to the cut", "ms", Better.Lower);
    public static readonly Metric P99 = new("p99 from the sign-out's answer to the cut", "ms", Better.Lower);
    public static readonly Metric Weight = new("memory of a front end per connection", "KB", Better.Lower);

    private const int Connections = 1_000;
    private const int FirstUser = 8_000_000;

    public string Name => "live-connections";

    public string Description =>
        $"{Connections:N0} open SignalR connections of as many sessions at {scale.Servers} front ends. Each session is signed out at another front end than its connection's. " +
        "0 ms: the connection was cut before the sign-out was answered.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender == Contender.OrleansSessions;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync(deployment.Entrances, Connections, cancellationToken, FirstUser);
        var before = await ReadHeapAsync(deployment, cancellationToken);
        var connections = new HubConnection[Connections];
        var degree = new ParallelOptions { MaxDegreeOfParallelism = 48, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, Connections, degree, async (i, ct) =>
            connections[i] = await HubConnection.OpenAsync(EntranceOf(deployment, i), cookies[i], ct));
        var after = await ReadHeapAsync(deployment, cancellationToken);
        results.Add(this, Weight, deployment.Contender, (after - before) / 1024.0 / Connections);

        var delays = new double[Connections];
        for (var i = 0; i < Connections; i++)
        {
            await Browser.SignOutAsync(EntranceOf(deployment, i + 1), cookies[i], cancellationToken);
            var answered = Stopwatch.GetTimestamp();
            var cut = await connections[i].Cut.WaitAsync(cancellationToken);
            delays[i] = Math.Max(0, Stopwatch.GetElapsedTime(answered, cut).TotalMilliseconds);
            connections[i].Dispose();
        }

        Array.Sort(delays);
        results.Add(this, Median, deployment.Contender, delays[Connections / 2]);
        results.Add(this, P99, deployment.Contender, delays[Connections * 99 / 100]);
    }

    private static Uri EntranceOf(Deployment deployment, int number) => deployment.Entrances[number % deployment.Entrances.Count];

    private static async Task<long> ReadHeapAsync(Deployment deployment, CancellationToken cancellationToken) =>
        (await Task.WhenAll(deployment.Servers.Select(server => server.ReadAsync(collect: true, cancellationToken)))).Sum(stats => stats.HeapBytes);
}
