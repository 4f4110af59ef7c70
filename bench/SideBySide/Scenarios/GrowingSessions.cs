namespace OrleansSessions.SideBySide;

/// <summary>One silo is given ever more sessions.</summary>
internal sealed class GrowingSessions(Scale scale) : IScenario
{
    private const int VisitsPerSecond = 300;
    private const int MostActive = 20_000;
    private const int LeastVisitsPerSecond = 2_000;

    private static readonly TimeSpan VisitsDuration = TimeSpan.FromSeconds(3);

    public string Name => "growth";

    public string Description =>
        $"One front end and one silo with ever more sessions: what Redis and the silo keep for each while all are idle, " +
        $"the latency of visits to idle sessions at {VisitsPerSecond} per second, and the silo's memory per session that is in use again, with a lease out ({MostActive:N0} of them at the most).";

    public Shape Shape => new(1, 1, "growth");

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.UsesSilos && !contender.IsVariant;

    /// <summary>Silo memory per session in memory.</summary>
    public static Metric Active(int sessions) => new("silo memory per active session", "B", Better.Lower, Size(sessions));

    /// <summary>Silo memory per session out of memory.</summary>
    public static Metric Idle(int sessions) => new("silo memory per idle session", "B", Better.Lower, Size(sessions));

    private static string Size(int sessions) => $"{sessions:N0} sessions";

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        var empty = await MemoryUse.ReadSettledAsync(deployment, cancellationToken);
        var sessions = 0;
        foreach (var target in scale.GrowthSessions)
        {
            var cookies = await Browser.SignInAsync(deployment.Entrances, target - sessions, cancellationToken, first: sessions);
            sessions = target;
            await deployment.ForgetIdleSessionsAsync(cancellationToken);
            var idle = await MemoryUse.ReadSettledAsync(deployment, cancellationToken);
            void Add(Metric metric, double value) => results.Add(this, metric, deployment.Contender, value);
            Add(Idle(sessions), MemoryUse.PerSession(empty.Silos, idle.Silos, sessions));
            Add(new("Redis memory per session", "B", Better.Lower, Size(sessions)), MemoryUse.PerSession(empty.Redis, idle.Redis, sessions));

            var used = cookies[..Math.Min(cookies.Length, MostActive)];
            await UseAsync(deployment, used, cancellationToken);
            var active = await MemoryUse.ReadAsync(deployment, cancellationToken);
            Add(Active(sessions), MemoryUse.PerSession(idle.Silos, active.Silos, used.Length));
            await deployment.ForgetIdleSessionsAsync(cancellationToken);
            Add(new("p99 of a visit to an idle session", "ms", Better.Lower, Size(sessions)), await VisitAsync(deployment, cookies, cancellationToken));
        }
    }

    // Twice in a row, which earns a session its lease. wrk does not count the answers that are under way when it stops.
    private async Task UseAsync(Deployment deployment, string[] cookies, CancellationToken cancellationToken)
    {
        string[] visits = [.. cookies.SelectMany(cookie => Enumerable.Repeat(cookie, 2))];
        var time = TimeSpan.FromSeconds(1 + (visits.Length / LeastVisitsPerSecond));
        var result = await Wrk.OnceAsync(deployment, "GET", "/me", visits, time, cancellationToken);
        if (result.Refused + result.Failed > 0 || result.Requests < visits.Length - scale.Connections)
        {
            throw new InvalidOperationException($"Of {visits.Length} visits, {result.Requests} were answered, and {result.Refused} of those refused.");
        }
    }

    private static async Task<double> VisitAsync(Deployment deployment, string[] cookies, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        await OpenLoop.RunAsync(
            VisitsPerSecond,
            VisitsDuration,
            async (number, due) =>
            {
                await Browser.OpenAsync(deployment.Entrances[0], cookies[number % cookies.Length], cancellationToken);
                latencies.Record(due);
            },
            cancellationToken);
        return latencies.Percentile(99);
    }
}
