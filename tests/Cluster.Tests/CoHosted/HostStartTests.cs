using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.CoHosted;

/// <summary>A web application that hosts its sessions itself starts before Redis, and ends where Redis has lost its data.</summary>
public sealed class HostStartTests(ITestOutputHelper output)
{
    private const int StoreLost = 75;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [RequiresProgramFact("redis-server")]
    public async Task It_listens_and_answers_503_before_Redis_is_there_and_ends_when_Redis_has_lost_its_data()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        var host = cluster.LaunchHost(new() { ["OrleansSessions__Silo__StartTimeout"] = "00:00:02" });
        await host.UntilAliveAsync();
        Assert.False(await host.AnswersAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await cluster.OpenBrowser().TrySignInAsync(host));
        await Wait.UntilAsync(
            () => host.Process.Output.Contains($"Sessions are unavailable: Redis at {store.Redis} did not answer", StringComparison.Ordinal), Patience, "it says why");

        await store.StartAsync();
        await host.UntilReadyAsync();
        var browser = await cluster.SignInSomeoneAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(host));

        await store.QueryAsync(static async redis => await redis.ExecuteAsync("FLUSHALL"));
        Assert.Equal(StoreLost, await host.Process.WaitForExitAsync());
    }

    [RequiresProgramFact("redis-server")]
    public async Task It_stops_while_it_waits_for_Redis()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        var host = cluster.LaunchHost();
        await host.UntilAliveAsync();

        Assert.Equal(0, await host.StopAsync());
    }

    [RequiresProgramFact("redis-server")]
    public async Task It_ends_where_Redis_is_not_fit_for_sessions_and_says_what_to_change()
    {
        var store = new RedisServer("--maxmemory-policy", "allkeys-lru");
        await using var cluster = new RunningCluster(store, output);
        await store.StartAsync();
        var host = cluster.LaunchHost();

        Assert.Equal(1, await host.Process.WaitForExitAsync());
        Assert.Contains("run it with --maxmemory-policy noeviction", host.Process.Output, StringComparison.Ordinal);
    }
}
