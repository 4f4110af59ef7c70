using System.Globalization;
using System.Text.Json;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>A silo whose machine has the wrong time.</summary>
public sealed class FakedTimeTests(ITestOutputHelper output)
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    [RequiresProgramFact("redis-server", Library)]
    public async Task F16_C20_a_session_of_a_silo_that_is_15_minutes_ahead_was_created_at_the_stores_time()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        await store.StartAsync();
        cluster.LaunchSilo(new() { ["LD_PRELOAD"] = Library, ["FAKETIME"] = "+15m", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1" });
        cluster.LaunchFrontEnd();
        await cluster.UntilReadyAsync();

        var browser = await cluster.SignInSomeoneAsync();

        var key = $"orleans-sessions/state/session/{browser.Token![..SessionToken.SessionIdLength]}";
        var (record, seconds) = await store.QueryAsync(async redis => (
            (string?)await redis.HashGetAsync(key, "data"), ((string[])(await redis.ExecuteAsync("TIME"))!)[0]));
        var created = JsonDocument.Parse(record!).RootElement.GetProperty("created").GetDateTimeOffset();
        var now = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
        Assert.InRange(created, now - Tolerance, now + Tolerance);
    }
}
