using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>
/// Primary and replica both in the connection string, and the replica behind. Two clusters of one silo share the store, so
/// that a session has an activation in each: as after a silo was declared dead and lives on.
/// </summary>
public sealed class PrimaryAndReplicaTests(ITestOutputHelper output)
{
    private const int Sessions = 6;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [RequiresProgramFact("redis-server")]
    public async Task F1_a_silo_that_is_cut_off_from_the_primary_does_not_ask_the_replica()
    {
        var store = new PrimaryAndReplica();
        await using var cluster = new RunningCluster(store, output);
        var wire = await StartTwoClustersAsync(cluster, store, leases: false);
        var browsers = await SignInAsync(cluster, store, Sessions);

        store.Link.Hold();
        await Task.WhenAll(browsers.Select(async browser => Assert.Equal(HttpStatusCode.NoContent, await browser.Browser.SignOutAsync(cluster.FrontEnds[1]))));
        wire.Cut();

        var statuses = await Task.WhenAll(browsers.Select(browser => browser.Copy.VisitAsync(cluster.FrontEnds[0])));
        cluster.Note($"cut off, the replica behind: {string.Join(", ", statuses)}");
        Assert.All(statuses, static status => Assert.NotEqual(HttpStatusCode.OK, status));

        wire.Restore();
        await AreRefusedInTheEndAsync(cluster, browsers);
    }

    [RequiresProgramFact("redis-server")]
    public async Task F1_a_silo_that_is_cut_off_after_it_has_claimed_a_window_does_not_open_it_over_the_replicas_record()
    {
        var store = new PrimaryAndReplica();
        await using var cluster = new RunningCluster(store, output);
        var wire = await StartTwoClustersAsync(cluster, store);
        for (var round = 0; round < Rounds; round++)
        {
            // Visited once: the next visit makes the session worth a window.
            var session = (await SignInAsync(cluster, store, 1))[0];
            store.Link.Hold();
            Assert.Equal(HttpStatusCode.NoContent, await session.Browser.SignOutAsync(cluster.FrontEnds[1]));
            wire.CutAfterAnswerTo($"/window/{session.Id}");

            var status = await session.Copy.VisitAsync(cluster.FrontEnds[0]);
            cluster.Note($"cut off between claim and read: {status}");
            Assert.NotEqual(HttpStatusCode.OK, status);
            Assert.NotEqual(HttpStatusCode.OK, await session.Copy.VisitAsync(cluster.FrontEnds[0]));

            store.Link.Restore();
            wire.Restore();
            await AreRefusedInTheEndAsync(cluster, [session]);
        }
    }

    [RequiresProgramFact("redis-server")]
    public async Task F1_silos_live_on_when_the_primary_is_gone_and_the_replica_is_empty()
    {
        var store = new PrimaryAndReplica(replicates: false);
        await using var cluster = new RunningCluster(store, output);
        await cluster.StartAsync(silos: 2, frontEnds: 1);
        var browser = await cluster.SignInSomeoneAsync();

        await store.Primary.Process.KillAsync();

        // Each takes longer than some looks of a silo at its store.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.Another().TrySignInAsync(cluster.FrontEnds[0]));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.Another().TrySignInAsync(cluster.FrontEnds[0]));
        Assert.All(cluster.Silos, static silo => Assert.False(silo.Process.HasExited));

        await store.Primary.StartAsync();
        await Wait.UntilAsync(async () => await browser.VisitAsync(cluster.FrontEnds[0]) == HttpStatusCode.OK, Patience, "the session is back");
        Assert.All(cluster.Silos, static silo => Assert.False(silo.Process.HasExited));
    }

    /// <summary>The first cluster reaches the primary by a wire of its own. Without leases, it reads for each visit.</summary>
    private static async Task<TcpProxy> StartTwoClustersAsync(RunningCluster cluster, PrimaryAndReplica store, bool leases = true)
    {
        await store.StartAsync();
        var wire = store.OpenWire();
        cluster.LaunchSilo(new()
        {
            ["OrleansSessions__ClusterId"] = "one",
            ["OrleansSessions__Redis"] = $"{wire.Address},{store.Replica.Redis}",
            ["OrleansSessions__Leases__Enabled"] = $"{leases}",
        });
        cluster.LaunchSilo(new() { ["OrleansSessions__ClusterId"] = "two" });
        cluster.LaunchFrontEnd(new() { ["OrleansSessions__ClusterId"] = "one" });
        cluster.LaunchFrontEnd(new() { ["OrleansSessions__ClusterId"] = "two" });
        await cluster.UntilReadyAsync();
        return wire;
    }

    /// <summary>Sessions of the second cluster, which the first one knows, too, and the replica.</summary>
    private static async Task<Session[]> SignInAsync(RunningCluster cluster, PrimaryAndReplica store, int count)
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var browser = cluster.OpenBrowser();
            await browser.RegisterAsync(cluster.FrontEnds[1]);
            await browser.SignInAsync(cluster.FrontEnds[1]);
            var copy = browser.Another();
            copy.Plant(browser.Token!);
            return new Session(browser, copy, browser.Token![..SessionToken.SessionIdLength]);
        }));
        foreach (var session in sessions)
        {
            Assert.Equal(HttpStatusCode.OK, await session.Copy.VisitAsync(cluster.FrontEnds[0]));
        }

        await store.CatchUpAsync();
        return sessions;
    }

    private static async Task AreRefusedInTheEndAsync(RunningCluster cluster, Session[] sessions)
    {
        foreach (var session in sessions)
        {
            await Wait.UntilAsync(async () =>
            {
                var status = await session.Copy.VisitAsync(cluster.FrontEnds[0]);
                Assert.NotEqual(HttpStatusCode.OK, status);
                return status == HttpStatusCode.Unauthorized;
            }, Patience, "it is known again that the session has ended");
        }
    }

    /// <summary>A session, and a copy of its cookie that stays when the browser has signed out.</summary>
    private sealed record Session(Browser Browser, Browser Copy, string Id);
}
