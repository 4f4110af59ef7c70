using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>How servers that replicate are set up here, and how to see that they do.</summary>
internal static class Replication
{
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A primary without a replica that keeps up refuses writes, and with them strict reads.</summary>
    public static string[] Options { get; } =
    [
        "--min-replicas-to-write", "1", "--min-replicas-max-lag", "2", "--repl-diskless-sync-delay", "0",
    ];

    public static Task UntilUpToDateAsync(RedisServer replica) => Wait.UntilAsync(
        async () => (await replica.AskAsync("INFO replication")).Contains("master_link_status:up", StringComparison.Ordinal),
        Patience, "a replica is up to date");
}
