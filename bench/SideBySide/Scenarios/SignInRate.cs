namespace OrleansSessions.SideBySide;

/// <summary>Sign-ins at a fixed rate.</summary>
internal sealed class SignInRate(Scale scale) : IScenario
{
    public static readonly Metric Median = new("p50 latency of a sign-in", "ms", Better.Lower);
    public static readonly Metric P99 = new("p99 latency of a sign-in", "ms", Better.Lower);

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    // Users whom no other scenario signs in.
    private int _users;

    public string Name => "sign-in-rate";

    public string Description =>
        $"{scale.SignInRate:N0} sign-ins of ever new users per second at {scale.Servers} servers, for {scale.SignInRateDuration.TotalSeconds:N0} s. Latency from when a sign-in was due.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => contender == Contender.TicketStore || contender == Contender.OrleansSessions;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        await SignInAsync(deployment, WarmUp, cancellationToken);
        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var latencies = await SignInAsync(deployment, scale.SignInRateDuration, cancellationToken);
            results.Add(this, Median, deployment.Contender, latencies.Percentile(50));
            results.Add(this, P99, deployment.Contender, latencies.Percentile(99));
            return latencies.Count;
        });
    }

    private async Task<Latencies> SignInAsync(Deployment deployment, TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        await OpenLoop.RunAsync(
            scale.SignInRate,
            duration,
            async (number, due) =>
            {
                var user = $"rate-{Interlocked.Increment(ref _users):D7}";
                var cookie = await Browser.SignInAsync(deployment.Entrances[number % deployment.Entrances.Count], user, cancellationToken);
                latencies.Record(cookie is null ? throw new InvalidOperationException("A sign-in was refused.") : due);
            },
            cancellationToken);
        return latencies;
    }
}
