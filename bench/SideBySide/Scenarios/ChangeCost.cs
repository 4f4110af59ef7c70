namespace OrleansSessions.SideBySide;

/// <summary>What one change of one session sets in motion between machines.</summary>
internal sealed class ChangeCost(Scale scale) : IScenario
{
    public static readonly Metric Messages = new("messages per sign-in", "messages", Better.Lower);
    public static readonly Metric Bytes = new("bytes per sign-in", "B", Better.Lower);

    // Users whom no other scenario signs in: they have no other sessions, and no silo knows them.
    private const int FirstUser = 2_000_000;

    public string Name => "change-cost";

    public string Description =>
        $"{scale.ChangeSessions:N0} sign-ins at {scale.Servers} servers: messages and bytes from servers to each other, to silos and to Redis. " +
        "Counted by Redis (commands executed, bytes received), by Orleans' meter (front end to silo), and by the replicating servers (payload without HTTP).";

    public string Price =>
        "OrleansSessions counts calls and answers between front end, session and user, and each command inside the scripts that write the two records.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => false;

    public bool Includes(Contender contender) => contender is { KeepsSessions: true, UsesPostgres: false, IsVariant: false };

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var before = await CountAsync(deployment, cancellationToken);
        await Browser.SignInAsync(deployment.Entrances, scale.ChangeSessions, cancellationToken, FirstUser);
        var after = await CountAsync(deployment, cancellationToken);
        results.Add(this, Messages, deployment.Contender, (double)(after.Messages - before.Messages) / scale.ChangeSessions);
        results.Add(this, Bytes, deployment.Contender, (double)(after.Bytes - before.Bytes) / scale.ChangeSessions);
    }

    private static async Task<(long Messages, long Bytes)> CountAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var stats = await Task.WhenAll(deployment.Servers.Select(server => server.ReadAsync(collect: false, cancellationToken)));
        var redis = deployment.Redis is null ? null : await deployment.Redis.ReadAsync();
        return (stats.Sum(s => s.Messages) + (redis?.Commands ?? 0), stats.Sum(s => s.MessageBytes) + (redis?.BytesIn ?? 0));
    }
}
