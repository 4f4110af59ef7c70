namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Three silos and two front ends on redis-server, for the tests of one class. Each leaves it as it was.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    internal RedisServer Store { get; } = new();

    internal RunningCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Cluster = new RunningCluster(Store);
        if (Programs.Find("redis-server") is not null)
        {
            await Cluster.StartAsync(silos: 3, frontEnds: 2);
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
