using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>A login made at one front end holds at every other one, on either store.</summary>
public sealed class FrontEndsShareSessionsTests(ITestOutputHelper output)
{
    [Fact]
    public Task On_Garnet_a_login_at_one_front_end_holds_at_the_other() => HoldsAsync(new GarnetStore());

    [RequiresProgramFact("redis-server")]
    public Task On_Redis_a_login_at_one_front_end_holds_at_the_other() => HoldsAsync(new RedisServer());

    [Fact]
    public Task On_Garnet_a_login_survives_every_silo() => SurvivesAsync(new GarnetStore());

    [RequiresProgramFact("redis-server")]
    public Task On_Redis_a_login_survives_every_silo() => SurvivesAsync(new RedisServer());

    private async Task HoldsAsync(ITestStore store)
    {
        await using var cluster = new RunningCluster(store, output);
        await cluster.StartAsync(silos: 3, frontEnds: 2);
        var (one, two) = (cluster.FrontEnds[0], cluster.FrontEnds[1]);
        var browser = await cluster.SignInSomeoneAsync();
        var other = browser.Another();
        await other.SignInAsync(two);

        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(two));
        Assert.Equal(2, (await browser.ListAsync(two)).Length);

        var copy = browser.Another();
        copy.Plant(browser.Token!);
        Assert.Equal(HttpStatusCode.NoContent, await browser.SignOutAsync(two));

        // L6: dead at every front end, whoever still has the cookie.
        Assert.Equal(HttpStatusCode.Unauthorized, await copy.VisitAsync(one));
        Assert.Equal(HttpStatusCode.OK, await other.VisitAsync(one));
    }

    private async Task SurvivesAsync(ITestStore store)
    {
        await using var cluster = new RunningCluster(store, output, new() { ["OrleansSessions__Leases__OwnershipWindow"] = "00:00:12" });
        await cluster.StartAsync(silos: 2, frontEnds: 1);
        var frontEnd = cluster.FrontEnds[0];
        var browser = await cluster.SignInSomeoneAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(frontEnd));
        var ended = browser.Another();
        await ended.SignInAsync(frontEnd);
        var token = ended.Token!;
        await ended.SignOutAsync(frontEnd);
        ended.Plant(token);

        await Task.WhenAll(cluster.Silos.Select(static silo => silo.KillAsync()));

        // Signed-in users need no silo: the front end reads their records itself. Of an ended session only a grain may speak.
        await Wait.UntilAsync(async () => await ended.VisitAsync(frontEnd) == HttpStatusCode.ServiceUnavailable,
            TimeSpan.FromSeconds(20), "the silos are away");
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(frontEnd));
        Assert.NotNull(browser.Token);

        cluster.Silos.ForEach(static silo => silo.Launch());
        await cluster.UntilReadyAsync();
        var back = await Wait.UntilAsync(async () => await browser.VisitAsync(frontEnd) == HttpStatusCode.OK,
            TimeSpan.FromSeconds(20), "the session is back");
        cluster.Note($"signed in {back.TotalSeconds:0.0} s after the silos are ready again");
        await Wait.UntilAsync(async () => await ended.VisitAsync(frontEnd) == HttpStatusCode.Unauthorized,
            TimeSpan.FromSeconds(20), "a silo speaks of the ended session");

        // Ended everywhere, although the silos that knew who held leases on it are gone.
        var copy = browser.Another();
        copy.Plant(browser.Token!);
        Assert.Equal(HttpStatusCode.NoContent, await browser.SignOutAsync(frontEnd));
        Assert.Equal(HttpStatusCode.Unauthorized, await copy.VisitAsync(frontEnd));
    }
}
