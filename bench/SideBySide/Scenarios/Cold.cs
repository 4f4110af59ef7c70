namespace OrleansSessions.SideBySide;

/// <summary>Many sessions, each request another one.</summary>
internal sealed class Cold(Scale scale) : IScenario
{
    public static readonly Metric Throughput = new("requests per second", "1/s", Better.Higher);

    public string Name => "cold";

    public string Description =>
        $"{scale.ColdSessions:N0} sessions, each request another one, and none used twice. Silos have dropped them from memory before.";

    public string Price =>
        "A session out of memory costs OrleansSessions a read that only a primary answers, which is a script of two commands, and the note of its use, " +
        "for which nobody waits. A store reads and prolongs its record in one command.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => true;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.ColdSessions, cancellationToken);
        var warmUp = cookies[..(cookies.Length / 10)];
        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        await Wrk.OnceAsync(deployment, "GET", "/me", warmUp, scale.WarmUp / 2, cancellationToken);
        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var rest = cookies[warmUp.Length..];
            var result = await Wrk.OnceAsync(deployment, "GET", "/me", rest, scale.Duration, cancellationToken);
            results.Add(this, Throughput, deployment.Contender, result.PerSecond);
            return result.Requests;
        });
    }
}
