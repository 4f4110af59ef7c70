using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Cluster.Tests.Histories;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.CoHosted;

/// <summary>The same clients and faults over three web applications that host their sessions themselves.</summary>
public sealed class CoHostedHistoriesTests(ITestOutputHelper output) : HistoriesUnderFaultsTests(output)
{
    /// <summary>Such a process bears a pause of ten seconds, and is declared dead after about fifteen.</summary>
    private protected override TimeSpan PastDeclaredDeath => TimeSpan.FromSeconds(20);

    private protected override int PausedSiloRuns => 1;

    private protected override Task StartAsync(RunningCluster cluster) => cluster.StartCoHostedAsync(hosts: 3);

    private protected override Faults NewFaults(RunningCluster cluster, RedisServer store, int seed) => new FaultsOfHosts(cluster, store, seed);

    private sealed class FaultsOfHosts(RunningCluster cluster, RedisServer store, int seed) : Faults(cluster, store, seed)
    {
        protected override async Task<string> PauseSiloAsync(RunningServer silo)
        {
            await PauseAsync(silo.Process, TimeSpan.FromSeconds(10));
            await silo.UntilReadyAsync();
            return $"{silo.Name} paused for ten seconds";
        }
    }
}
