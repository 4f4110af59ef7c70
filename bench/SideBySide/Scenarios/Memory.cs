namespace OrleansSessions.SideBySide;

/// <summary>What a session takes in memory, over all servers.</summary>
internal sealed class Memory(Scale scale, int servers) : IScenario
{
    private const int WarmUpSessions = 500;

    public string Name => "memory";

    public string Description =>
        "Bytes per session just after the sign-ins: managed heaps of all servers after a forced collection, of silos where there are some, and what Redis uses.";

    public string Price =>
        "A session that was just signed in is in a silo's memory, and for two minutes its user's index as well, at about 2 KB of Orleans' own for each; " +
        "idle ones leave it (growth shows what is left). In Redis there are two records.";

    public Shape Shape => new(servers, 1, "memory", IsWarm: false);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.KeepsSessions && !contender.IsVariant;

    /// <summary>Memory in servers and silos.</summary>
    public static Metric InServers(int sessions, int servers) =>
        new("bytes in servers and silos", "B", Better.Lower, Size(sessions, servers));

    private static Metric InRedis(int sessions, int servers) => new("bytes in Redis", "B", Better.Lower, Size(sessions, servers));

    private static string Size(int sessions, int servers) => $"{sessions:N0} sessions, {servers} servers";

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        await Browser.SignInAsync(deployment.Entrances, WarmUpSessions, cancellationToken);
        await deployment.ForgetIdleSessionsAsync(cancellationToken);
        var before = await MemoryUse.ReadSettledAsync(deployment, cancellationToken);
        var sessions = 0;
        foreach (var target in scale.MemorySessions)
        {
            await Browser.SignInAsync(deployment.Entrances, target - sessions, cancellationToken, first: WarmUpSessions + sessions);
            sessions = target;
            var now = await MemoryUse.ReadAsync(deployment, cancellationToken);
            results.Add(this, InServers(sessions, servers), deployment.Contender, MemoryUse.PerSession(before.Heaps, now.Heaps, sessions));
            results.Add(this, InRedis(sessions, servers), deployment.Contender, MemoryUse.PerSession(before.Redis, now.Redis, sessions));
        }
    }
}
