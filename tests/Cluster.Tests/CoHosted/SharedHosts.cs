using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.CoHosted;

/// <summary>Three web applications that host their sessions themselves, for the tests of one class. Each leaves them as they were.</summary>
public sealed class SharedHosts : IAsyncLifetime
{
    internal RedisServer Store { get; } = new();

    internal RunningCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = new RunningCluster(Store);
        if (Programs.Find("redis-server") is not null)
        {
            await Cluster.StartCoHostedAsync(hosts: 3);
            await Cluster.WarmUpAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Cluster.Silos.Count > 0)
        {
            await Cluster.DisposeAsync();
        }
    }
}
