using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>How much a silo writes to its log, at the levels that it has by default.</summary>
public sealed class LogVolumeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [RequiresProgramFact("redis-server")]
    public async Task C26_C27_strangers_write_nothing_and_a_failure_writes_one_entry()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        await cluster.StartAsync(silos: 1, frontEnds: 1);
        var (silo, frontEnd) = (cluster.Silos[0], cluster.FrontEnds[0]);
        var browser = await cluster.SignInSomeoneAsync();
        var before = Entries(silo);

        foreach (var _ in Enumerable.Range(0, 20))
        {
            var stranger = cluster.OpenBrowser();
            stranger.Plant(SessionToken.Create().ToCookieValue());
            Assert.Equal(HttpStatusCode.Unauthorized, await stranger.VisitAsync(frontEnd));
            await cluster.SignInSomeoneAsync();
        }

        Assert.Equal(before, Entries(silo));

        // Of another type: the record can be neither read nor written.
        await store.QueryAsync(redis => redis.StringSetAsync($"orleans-sessions/state/session/{browser.Token![..SessionToken.SessionIdLength]}", "x"));
        var broken = SessionToken.Create();
        await store.QueryAsync(redis => redis.StringSetAsync($"orleans-sessions/state/session/{broken.SessionId}", "x"));
        var visitor = cluster.OpenBrowser();
        visitor.Plant(broken.ToCookieValue());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await visitor.VisitAsync(frontEnd));
        await browser.SignOutAsync(frontEnd);
        await Wait.UntilAsync(() => Entries(silo).Length > before.Length + 1, Patience, "the failures are logged");

        var written = Entries(silo).Skip(before.Length).ToArray();
        Assert.All(written, static entry => Assert.Contains("StoreFailures[300]", entry, StringComparison.Ordinal));
    }

    /// <summary>The first line of each entry.</summary>
    private static string[] Entries(RunningServer server) =>
    [
        .. server.Process.Output.Split('\n').Where(static line => line.Length > 6 && line[4] == ':' && !char.IsWhiteSpace(line[0])),
    ];
}
