using System.Globalization;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>A primary, two replicas, and three Sentinels that watch over them.</summary>
internal sealed class SentinelStore : IFailingOverStore
{
    private const string Name = "sessions";
    private readonly TemporaryFolder _folder = new();
    private readonly List<RedisServer> _servers = [];
    private readonly List<ChildProcess> _sentinels = [];
    private readonly int[] _ports = [Ports.Next(), Ports.Next(), Ports.Next()];

    public string Redis => $"{string.Join(',', _ports.Select(static port => $"127.0.0.1:{port}"))},serviceName={Name}";

    public bool HasSpareReplica => true;

    public async Task StartAsync()
    {
        var primary = new RedisServer(Replication.Options);
        _servers.Add(primary);
        _servers.Add(new RedisServer([.. Replication.Options, "--replicaof", "127.0.0.1", $"{primary.Port}"]));
        _servers.Add(new RedisServer([.. Replication.Options, "--replicaof", "127.0.0.1", $"{primary.Port}"]));
        foreach (var server in _servers)
        {
            await server.StartAsync();
        }

        await Task.WhenAll(_servers.Skip(1).Select(Replication.UntilUpToDateAsync));
        foreach (var port in _ports)
        {
            var file = Path.Combine(_folder.Path, $"sentinel-{port}.conf");
            await File.WriteAllLinesAsync(file,
            [
                $"port {port}",
                "bind 127.0.0.1",
                $"dir {_folder.Path}",
                $"sentinel monitor {Name} 127.0.0.1 {primary.Port} 2",
                $"sentinel down-after-milliseconds {Name} 1000",
                $"sentinel failover-timeout {Name} 5000",
            ]);
            _sentinels.Add(ChildProcess.Start("redis-sentinel", Programs.Find("redis-sentinel")!, [file]));
        }

        await Wait.UntilAsync(KnowEachOtherAsync, Replication.Patience, "the Sentinels know each other and the replicas");
    }

    public async Task<RedisServer> KillPrimaryAsync()
    {
        var port = await PrimaryPortAsync();
        var primary = _servers.Single(server => server.Port == port);
        await primary.Process.KillAsync();
        return primary;
    }

    public Task UntilReplacedAsync(RedisServer killed) =>
        Wait.UntilAsync(async () => await PrimaryPortAsync() != killed.Port, Replication.Patience, "a replica is promoted");

    public async Task ReturnAsync(RedisServer killed)
    {
        await killed.StartAsync();
        await Replication.UntilUpToDateAsync(killed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sentinel in _sentinels)
        {
            await sentinel.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<int> PrimaryPortAsync() =>
        int.Parse((await AskAsync(_ports[0], "get-master-addr-by-name")).Split("\r\n")[4], CultureInfo.InvariantCulture);

    private async Task<bool> KnowEachOtherAsync() => (await Task.WhenAll(_ports.Select(static port => AskAsync(port, "master")))).All(static known =>
        known.Contains("num-slaves\r\n$1\r\n2", StringComparison.Ordinal) && known.Contains("num-other-sentinels\r\n$1\r\n2", StringComparison.Ordinal));

    private static Task<string> AskAsync(int port, string question) => RedisWire.AskAsync(port, $"SENTINEL {question} {Name}");
}
