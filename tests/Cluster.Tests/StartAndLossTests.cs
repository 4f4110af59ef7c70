using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>Starts in any order, records that outlive their session, and a store that has forgotten everything.</summary>
public sealed class StartAndLossTests(ITestOutputHelper output)
{
    private const int StoreLost = 75;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [RequiresProgramFact("redis-server")]
    public async Task A_front_end_starts_before_any_silo_and_silos_end_when_Redis_has_lost_its_data()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        await store.StartAsync();
        var frontEnd = cluster.LaunchFrontEnd();
        await frontEnd.UntilAliveAsync();
        Assert.False(await frontEnd.AnswersAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await cluster.OpenBrowser().TrySignInAsync(frontEnd));

        cluster.LaunchSilo();
        await cluster.UntilReadyAsync();
        var browser = await cluster.SignInSomeoneAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(frontEnd));

        await store.QueryAsync(static async redis => await redis.ExecuteAsync("FLUSHALL"));
        Assert.Equal(StoreLost, await cluster.Silos[0].Process.WaitForExitAsync());
        cluster.Silos[0].Launch();
        await cluster.Silos[0].UntilReadyAsync();
        await Wait.UntilAsync(async () => await browser.VisitAsync(frontEnd) == HttpStatusCode.Unauthorized, Patience, "the lost session is refused");
    }

    [RequiresProgramFact("redis-server")]
    public async Task L4_an_expired_session_is_refused_though_its_record_is_still_there()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output, new Dictionary<string, string>
        {
            ["OrleansSessions__Sessions__IdleTimeout"] = "00:00:08",
            ["OrleansSessions__Sessions__AbsoluteTimeout"] = "00:00:08",
        });
        await cluster.StartAsync(silos: 1, frontEnds: 1);
        var browser = await cluster.SignInSomeoneAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(cluster.FrontEnds[0]));
        var expires = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(8);

        // Without a silo nothing can mark the record as expired.
        await cluster.Silos[0].KillAsync();
        var key = $"orleans-sessions/state/session/{browser.Token![..24]}";
        Assert.True(await store.QueryAsync(redis => redis.KeyPersistAsync(key)));
        await Wait.UntilAsync(() => DateTimeOffset.UtcNow > expires, Patience, "the session has expired");
        Assert.True(await store.QueryAsync(redis => redis.KeyExistsAsync(key)));

        cluster.Silos[0].Launch();
        await cluster.UntilReadyAsync();
        await Wait.UntilAsync(
            async () =>
            {
                var status = await browser.VisitAsync(cluster.FrontEnds[0]);
                Assert.NotEqual(HttpStatusCode.OK, status);
                return status == HttpStatusCode.Unauthorized;
            }, Patience, "401");
    }

    [Theory]
    [InlineData("OrleansSessions__Redis", "127.0.0.1:1", "Redis at 127.0.0.1:1 did not answer")]
    [InlineData("OrleansSessions__Silo__SiloPort", "0", "OrleansSessions__Silo__SiloPort")]
    [InlineData("OrleansSessions__Silo__Port", "11111", "OrleansSessions:Silo:Port is not a setting")]
    [InlineData("OrleansSessions__Leases__ClockSkew", "00:00:02", "OrleansSessions:Leases:ClockSkew is not a setting")]
    [InlineData("OrleansSessions__Silo__StoreRetention", "1.00:00:00", "OrleansSessions__Silo__StoreRetention")]
    [InlineData("OrleansSessions__Silo__AdvertisedAddress", "no.such.host.invalid", "OrleansSessions__Silo__AdvertisedAddress")]
    public async Task A_silo_that_cannot_start_says_why_in_one_line(string setting, string value, string reason)
    {
        Assert.Contains(reason, await FailedStart.OfSiloAsync(setting, value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silo", "--OrleansSession:Redis=127.0.0.1:1", "--OrleansSession is not a setting")]
    [InlineData("Silo", "--Session:IdleTimeout=00:05:00", "--Session is not a setting")]
    [InlineData("WebFrontend", "--SessionClients:Leases=false", "--SessionClients is not a setting")]
    [InlineData("WebFrontend", "--SessionClient:Leases=false", "--OrleansSessions:Client:")]
    public async Task C35_a_program_refuses_an_unknown_name_on_its_command_line(string project, string argument, string reason)
    {
        await using var program = BuiltProgram.Start(project, project, [argument]);

        Assert.NotEqual(0, await program.WaitForExitAsync());
        Assert.Contains(reason, Assert.Single(program.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [RequiresProgramTheory("redis-server")]
    [InlineData("")]
    [InlineData(",password=another-secret")]
    public async Task O1_a_silo_that_Redis_refuses_says_so_and_repeats_no_password(string password)
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        await store.QueryAsync(static redis => redis.ExecuteAsync("CONFIG", "SET", "requirepass", "the-secret"));

        var reason = await FailedStart.OfSiloAsync("OrleansSessions__Redis", store.Redis + password, startTimeout: "00:00:15");

        Assert.Contains($"Redis at {store.Redis} asks for a user or password", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("another-secret", reason, StringComparison.Ordinal);
    }
}
