namespace OrleansSessions.SideBySide;

/// <summary>What a session takes in memory, over all servers.</summary>
internal sealed class Memory(Scale scale, int servers) : IScenario
{
    private const int WarmUpSessions = 500;

    public string Name => "memory";

    public string Description =>
        "Bytes per session just after the sign-ins: managed heaps of all servers after a forced collection, of silos where there are some, and what Redis uses.";

    public Shape Shape => new(servers, 1, "memory", IsWarm: false);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender.KeepsSessions && !contender.IsVariant;

    /// <summary>Memory in servers and silos.</summary>
    public static Metric InServers(int sessions, int servers) =>
        new($"bytes in servers and silos, {sessions:N0} sessions, {servers} servers", "B", Better.Lower);

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
            var inRedis = new Metric($"bytes in Redis, {sessions:N0} sessions, {servers} servers", "B", Better.Lower);
            results.Add(this, inRedis, deployment.Contender, MemoryUse.PerSession(before.Redis, now.Redis, sessions));
        }
    }
}
