namespace OrleansSessions.SideBySide;

/// <summary>Sign-ins, without the hashing of passwords.</summary>
internal sealed class SignIn(Scale scale) : IScenario
{
    public static readonly Metric Throughput = new("sign-ins per second", "1/s", Better.Higher);

    public string Name => "sign-in";

    public string Description =>
        $"Sign-ins of ever new users, without hashing a password, by {scale.Connections} connections of wrk. " +
        "Identity's cookie is left out: what would be measured is how its users come into the database.";

    public string Price =>
        "For OrleansSessions a sign-in is two activations and two records, the session's and its user's index, written one after the other: " +
        "what makes limits exact and lists of devices complete.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => contender is { KeepsSessions: true, UsesPostgres: false };

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        await Wrk.CountAsync(deployment, "/sign-in?user=first-", scale.WarmUp / 2, cancellationToken);
        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var result = await Wrk.CountAsync(deployment, "/sign-in?user=then-", scale.Duration, cancellationToken);
            results.Add(this, Throughput, deployment.Contender, result.PerSecond);
            return result.Requests;
        });
    }
}
