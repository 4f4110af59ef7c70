namespace OrleansSessions.SideBySide;

/// <summary>Sign-outs, each of another session.</summary>
internal sealed class SignOut(Scale scale) : IScenario
{
    public static readonly Metric Throughput = new("sign-outs per second", "1/s", Better.Higher);

    public string Name => "sign-out";

    public string Description => $"Sign-outs of {scale.SignOuts:N0} sessions, by {scale.Connections} connections of wrk.";

    public string Price =>
        "OrleansSessions keeps a tombstone, takes back what front ends hold before it answers, and then takes the session off its user's index.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => contender.KeepsSessions;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.SignOuts, cancellationToken);
        var warmUp = cookies[..(cookies.Length / 10)];
        await Wrk.OnceAsync(deployment, "POST", "/sign-out", warmUp, scale.WarmUp / 2, cancellationToken);
        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var result = await Wrk.OnceAsync(
                deployment, "POST", "/sign-out", cookies[warmUp.Length..], scale.Duration, cancellationToken);
            results.Add(this, Throughput, deployment.Contender, result.PerSecond);
            return result.Requests;
        });
    }
}
