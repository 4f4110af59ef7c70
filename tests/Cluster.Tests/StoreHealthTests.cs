using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>Readiness while Redis is away.</summary>
public sealed class StoreHealthTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new();

    [RequiresProgramFact("redis-server")]
    public async Task F12_a_silo_without_its_store_degrades_front_ends_and_takes_none_out()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        await cluster.StartAsync(silos: 1, frontEnds: 1);
        await Wait.UntilAsync(() => SaysAsync(cluster.FrontEnds[0], "Healthy"), Patience, "healthy");

        await store.Process.KillAsync();
        await Wait.UntilAsync(() => SaysAsync(cluster.FrontEnds[0], "Degraded"), Patience, "degraded");

        await store.StartAsync();
        await Wait.UntilAsync(() => SaysAsync(cluster.FrontEnds[0], "Healthy"), Patience, "healthy again");
    }

    private static async Task<bool> SaysAsync(RunningServer server, string status)
    {
        using var answer = await Http.GetAsync(new Uri(server.Address + "/health/ready"));
        return answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync() == status;
    }
}
