using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>Very many sessions that are visited once each: what stays of them in a silo's memory.</summary>
internal sealed class LoneVisits(Scale scale) : IScenario
{
    public static readonly Metric Left = new("activations left", "grains", Better.Lower);

    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public string Name => "lone-visits";

    public string Description =>
        $"One front end and one silo, {scale.LoneVisits:N0} sessions that are out of memory, each visited once, {scale.LoneVisitsPerSecond:N0} per second; then " +
        $"{scale.LoneVisitsRest.TotalSeconds:N0} s without visits. Grains of sessions and users in memory, and the silo's memory ([as a curve](lone-visits.csv)).";

    public Shape Shape => new(1, 1, "lone-visits");

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.UsesSilos && !contender.IsVariant;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var (server, silo) = (deployment.Entrances[0], deployment.Silos[0]);
        var cookies = await Browser.SignInAsync([server], scale.LoneVisits, cancellationToken);
        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        var before = await MemoryUse.ReadSettledAsync(deployment, cancellationToken);

        results.Memory.Clear();
        var visits = TimeSpan.FromSeconds((double)scale.LoneVisits / scale.LoneVisitsPerSecond);
        var watching = WatchAsync(silo, results, visits + scale.LoneVisitsRest, cancellationToken);
        await OpenLoop.RunAsync(
            scale.LoneVisitsPerSecond, visits, (number, _) => Browser.OpenAsync(server, cookies[number], cancellationToken), cancellationToken);
        await watching;
        var after = await MemoryUse.ReadAsync(deployment, cancellationToken);

        void Add(Metric metric, double value) => results.Add(this, metric, deployment.Contender, value);
        Add(Left, results.Memory[^1].Activations);
        Add(new("most activations", "grains", Better.Lower), results.Memory.Max(sample => sample.Activations));
        Add(new("heap before, collected", "MB", Better.Lower), before.Silos / Megabyte);
        Add(new("heap after, collected", "MB", Better.Lower), after.Silos / Megabyte);
        Add(new("largest working set", "MB", Better.Lower), results.Memory.Max(sample => sample.WorkingSetBytes) / Megabyte);
    }

    private async Task WatchAsync(Silo silo, Results results, TimeSpan time, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Period);
        TimeSpan elapsed;
        do
        {
            elapsed = Stopwatch.GetElapsedTime(began);
            var stats = await silo.ReadAsync(collect: false, cancellationToken);
            results.Memory.Add(new MemorySample(
                Math.Round(elapsed.TotalSeconds, 1),
                Math.Min(scale.LoneVisits, (long)(elapsed.TotalSeconds * scale.LoneVisitsPerSecond)),
                stats.HeapBytes,
                stats.WorkingSetBytes,
                await silo.CountActivationsAsync(cancellationToken)));
        }
        while (elapsed < time && await timer.WaitForNextTickAsync(cancellationToken));
    }
}
