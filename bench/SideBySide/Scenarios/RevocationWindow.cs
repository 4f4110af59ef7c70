using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>How long a session is still accepted somewhere after its sign-out was acknowledged.</summary>
internal sealed class RevocationWindow(Scale scale) : IScenario
{
    public static readonly Metric P99 = new("p99 from sign-out to last acceptance", "ms", Better.Lower);
    public static readonly Metric Late = new("acceptances of requests sent after the sign-out", "requests", Better.Lower);
    public static readonly Metric SignOutP99 = new("p99 of the sign-out itself", "ms", Better.Lower);

    private const int FrontEnds = 4;
    private const int AcceptancesFirst = 20;
    private const int RefusalsLast = 3;

    public string Name => "revocation";

    public string Description =>
        $"A session is used at {FrontEnds} front ends at once, signed out at one of them, and used on (OrleansSessions: two silos). Time from the sign-out's answer to the last acceptance anywhere, " +
        $"over {scale.RevocationTrials} sign-outs; acceptances are looked for until all front ends have refused, for {scale.RevocationWatch.TotalSeconds:N0} s at most.";

    public string Price =>
        "The answer to a sign-out waits until each front end that holds a lease has dropped it.";

    public Shape Shape => new(FrontEnds, 2, "revocation");

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.KeepsSessions;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var trials = new List<SignOutTrial>();
        for (var i = 0; i < scale.RevocationTrials && !trials.Exists(trial => trial.IsOpen); i++)
        {
            trials.Add(await TryAsync(deployment, i, cancellationToken));
        }

        var open = trials.Exists(trial => trial.IsOpen);
        var remark = open ? $"still accepted when the watch ended after {scale.RevocationWatch.TotalSeconds:N0} s" : null;
        results.Add(this, P99, deployment.Contender, Percentile99(trials.Select(trial => trial.Window)), remark);
        results.Add(this, Late, deployment.Contender, trials.Sum(trial => trial.Late), remark);
        results.Add(this, SignOutP99, deployment.Contender, Percentile99(trials.Select(trial => trial.SignOut)));
    }

    private async Task<SignOutTrial> TryAsync(Deployment deployment, int number, CancellationToken cancellationToken)
    {
        var servers = Enumerable.Range(0, FrontEnds).Select(i => deployment.Entrances[i % deployment.Entrances.Count]).ToArray();
        var cookie = (await Browser.SignInAsync(servers, 1, cancellationToken, first: number))[0];
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probes = servers.Select(server => new Probe(server, cookie)).ToArray();
        var running = probes.Select(probe => probe.RunAsync(end.Token)).ToArray();
        await WaitAsync(() => probes.All(probe => probe.Acceptances >= AcceptancesFirst), scale.RevocationWatch, cancellationToken);
        if (probes.Any(probe => probe.Acceptances == 0))
        {
            throw new InvalidOperationException("A session was not accepted before its sign-out.");
        }

        var sent = Stopwatch.GetTimestamp();
        await Browser.SignOutAsync(servers[number % FrontEnds], cookie, cancellationToken);
        var answered = Stopwatch.GetTimestamp();
        await WaitAsync(() => probes.All(probe => probe.RefusalsInARow >= RefusalsLast), scale.RevocationWatch, cancellationToken);
        await end.CancelAsync();
        await Task.WhenAll(running);

        var accepted = probes.SelectMany(probe => probe.Accepted).ToArray();
        return new SignOutTrial(
            SignOut: Stopwatch.GetElapsedTime(sent, answered).TotalMilliseconds,
            Window: Math.Max(0, Stopwatch.GetElapsedTime(answered, accepted.Max(a => a.Answered)).TotalMilliseconds),
            Late: accepted.Count(a => a.Sent > answered),
            IsOpen: !probes.All(probe => probe.RefusalsInARow >= RefusalsLast));
    }

    private static async Task WaitAsync(Func<bool> isSo, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isSo() && Stopwatch.GetElapsedTime(started) < atMost)
        {
            await Task.Delay(1, cancellationToken);
        }
    }

    private static double Percentile99(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Ceiling(0.99 * sorted.Length) - 1];
    }

    private sealed record SignOutTrial(double SignOut, double Window, int Late, bool IsOpen);
}
