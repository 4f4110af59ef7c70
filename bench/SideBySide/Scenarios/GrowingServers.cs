namespace OrleansSessions.SideBySide;

/// <summary>More front ends, or more silos. On one machine they share its cores, so this shows what another one costs.</summary>
internal sealed class GrowingServers(Scale scale, int frontEnds, int silos) : IScenario
{
    public string Name => "growth-servers";

    public string Description =>
        "Throughput of hot and cold sessions with more front ends and more silos. They share this machine's cores: " +
        "what is seen is what one more of them costs, not what it adds on a machine of its own.";

    public Shape Shape => new(frontEnds, silos, "growth-servers");

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => contender.UsesSilos && !contender.IsVariant;

    /// <summary>Throughput of sessions out of memory.</summary>
    public static Metric Cold(string size) => new("cold", "1/s", Better.Higher, size);

    /// <summary>How many there are, in words.</summary>
    public static string Size(int frontEnds, int silos) => $"{frontEnds} front end{(frontEnds > 1 ? "s" : "")}, {silos} silo{(silos > 1 ? "s" : "")}";

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.ColdSessions, cancellationToken);
        var size = Size(frontEnds, silos);
        var hot = cookies[..scale.HotSessions];
        await Wrk.LoopAsync(deployment, hot, scale.WarmUp, cancellationToken);
        var busy = await Wrk.LoopAsync(deployment, hot, scale.Duration, cancellationToken);
        results.Add(this, new Metric("hot", "1/s", Better.Higher, size), deployment.Contender, busy.PerSecond);

        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        var lone = await Wrk.OnceAsync(deployment, "GET", "/me", cookies[scale.HotSessions..], scale.Duration, cancellationToken);
        results.Add(this, Cold(size), deployment.Contender, lone.PerSecond);
    }
}
