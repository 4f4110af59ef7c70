using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>A primary and a replica, and the wire between them.</summary>
internal sealed class PrimaryAndReplica : ITestStore
{
    private readonly List<IAsyncDisposable> _used = [];
    private readonly bool _replicates;

    /// <param name="replicates">Whether the replica ever gets anything.</param>
    public PrimaryAndReplica(bool replicates = true) => _replicates = replicates;

    public RedisServer Primary { get; } = new();

    public RedisServer Replica { get; private set; } = null!;

    /// <summary>From the replica to the primary.</summary>
    public TcpProxy Link { get; private set; } = null!;

    public string Redis => $"{Primary.Redis},{Replica.Redis}";

    public async Task StartAsync()
    {
        _used.Add(Primary);
        await Primary.StartAsync();
        _used.Add(Link = new TcpProxy(Primary.Port));
        if (!_replicates)
        {
            Link.Cut();
        }

        _used.Add(Replica = new RedisServer("--replicaof", "127.0.0.1", $"{Link.Port}"));
        await Replica.StartAsync();
        if (_replicates)
        {
            await Replication.UntilUpToDateAsync(Replica);
        }
    }

    /// <summary>A wire of somebody's own to the primary.</summary>
    public TcpProxy OpenWire()
    {
        var wire = new TcpProxy(Primary.Port);
        _used.Add(wire);
        return wire;
    }

    /// <summary>Waits until the replica has what the primary has.</summary>
    public Task CatchUpAsync() => Wait.UntilAsync(
        async () => await Primary.AskAsync("DBSIZE") == await Replica.AskAsync("DBSIZE"),
        Replication.Patience, "the replica has caught up");

    public async ValueTask DisposeAsync()
    {
        foreach (var each in Enumerable.Reverse(_used))
        {
            await each.DisposeAsync();
        }
    }
}
