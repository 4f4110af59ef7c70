using System.Globalization;
using System.Net;
using System.Text.Json;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>Front ends whose machines have the wrong time behave like one with the right time.</summary>
public sealed class FrontEndClockTests(ITestOutputHelper output)
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    private static readonly TimeSpan RecentSignIn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [RequiresProgramFact("redis-server", Library)]
    public async Task F16_C20_L15_a_sign_in_is_as_recent_at_a_front_end_whose_clock_is_wrong()
    {
        var store = new RedisServer();
        await using var cluster = await StartAsync(store, new() { ["OrleansSessions__Web__RecentSignIn"] = $"{RecentSignIn}" });
        var browser = await cluster.SignInSomeoneAsync();
        await AssertEachAsync(cluster, HttpStatusCode.BadRequest, frontEnd => ChangePasswordBadlyAsync(browser, frontEnd));

        await UntilStoreTimeAsync(store, await TimeInRecordAsync(store, browser, "authenticated") + RecentSignIn);
        await AssertEachAsync(cluster, HttpStatusCode.Forbidden, frontEnd => ChangePasswordBadlyAsync(browser, frontEnd));
        await AssertEachAsync(cluster, HttpStatusCode.OK, browser.VisitAsync);

        await browser.ReauthenticateAsync(cluster.FrontEnds[^1]);
        await AssertEachAsync(cluster, HttpStatusCode.BadRequest, frontEnd => ChangePasswordBadlyAsync(browser, frontEnd));
    }

    [RequiresProgramFact("redis-server", Library)]
    public async Task F16_C20_L1_a_direct_read_ends_a_session_no_sooner_and_no_later_at_a_front_end_whose_clock_is_wrong()
    {
        var store = new RedisServer();
        await using var cluster = await StartAsync(store, new() { ["OrleansSessions__Sessions__IdleTimeout"] = $"{IdleTimeout}" });
        var browser = await cluster.SignInSomeoneAsync();

        // No silo is left to correct what a front end reads.
        await cluster.Silos[0].KillAsync();
        await AssertEachAsync(cluster, HttpStatusCode.OK, browser.VisitAsync);

        await UntilStoreTimeAsync(store, await TimeInRecordAsync(store, browser, "seen") + IdleTimeout);
        await AssertEachAsync(cluster, HttpStatusCode.ServiceUnavailable, browser.VisitAsync);

        cluster.Silos[0].Launch();
        await cluster.UntilReadyAsync();
        foreach (var frontEnd in cluster.FrontEnds)
        {
            await Wait.UntilAsync(async () => await browser.VisitAsync(frontEnd) == HttpStatusCode.Unauthorized, Patience, $"{frontEnd.Name} knows of the end");
        }
    }

    /// <summary>Starts a front end whose clock is right, one that is ahead, and one that is behind.</summary>
    private async Task<RunningCluster> StartAsync(RedisServer store, Dictionary<string, string> settings)
    {
        var cluster = new RunningCluster(store, output, settings);
        await store.StartAsync();
        cluster.LaunchSilo();
        cluster.LaunchFrontEnd();
        foreach (var offset in new[] { "+15m", "-1h" })
        {
            cluster.LaunchFrontEnd(new() { ["LD_PRELOAD"] = Library, ["FAKETIME"] = offset, ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" });
        }

        await cluster.UntilReadyAsync();
        return cluster;
    }

    private static async Task AssertEachAsync(RunningCluster cluster, HttpStatusCode expected, Func<RunningServer, Task<HttpStatusCode>> ask)
    {
        foreach (var frontEnd in cluster.FrontEnds)
        {
            var status = await ask(frontEnd);
            Assert.True(status == expected, $"{frontEnd.Name} answered {status}, not {expected}.");
        }
    }

    /// <summary>A request that is refused in one way where the sign-in is recent, and in another where it is not.</summary>
    /// <remarks>Not the page: it needs keys, which the framework reads with waits that the library for other times ends at once.</remarks>
    private static async Task<HttpStatusCode> ChangePasswordBadlyAsync(Browser browser, RunningServer frontEnd)
    {
        using var answer = await browser.SendAsync(
            frontEnd.Address, HttpMethod.Post, "/api/account/password", new { currentPassword = "none", newPassword = "short" });
        return answer.StatusCode;
    }

    private static Task<DateTimeOffset> TimeInRecordAsync(RedisServer store, Browser browser, string name) => store.QueryAsync(async redis =>
    {
        var record = await redis.HashGetAsync($"orleans-sessions/state/session/{browser.Token![..SessionToken.SessionIdLength]}", "data");
        return JsonDocument.Parse((string)record!).RootElement.GetProperty(name).GetDateTimeOffset();
    });

    private static Task<TimeSpan> UntilStoreTimeAsync(RedisServer store, DateTimeOffset moment) => Wait.UntilAsync(
        async () => await store.QueryAsync(static async redis => ((string[])(await redis.ExecuteAsync("TIME"))!)[0]) is var seconds
            && DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)) > moment,
        Patience, $"it is {moment:O} at the store");
}
