namespace OrleansSessions.SideBySide;

/// <summary>A few sessions, each used again and again.</summary>
internal sealed class Hot(Scale scale) : IScenario
{
    public static readonly Metric Throughput = new("requests per second", "1/s", Better.Higher);

    public string Name => "hot";

    public string Description =>
        $"{scale.HotSessions:N0} sessions used again and again at {scale.Servers} servers, by {scale.Connections} connections of wrk that never pause.";

    public string Price =>
        "OrleansSessions renews the leases of busy sessions, and claims the window in which it may grant them.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => true;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.HotSessions, cancellationToken);
        await Wrk.LoopAsync(deployment, cookies, scale.WarmUp, cancellationToken);
        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var result = await Wrk.LoopAsync(deployment, cookies, scale.Duration, cancellationToken);
            results.Add(this, Throughput, deployment.Contender, result.PerSecond);
            return result.Requests;
        });
    }
}
