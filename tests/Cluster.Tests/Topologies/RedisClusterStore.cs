using System.Globalization;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>A Redis Cluster of three primaries, each with a replica.</summary>
internal sealed class RedisClusterStore : IFailingOverStore
{
    private const int Count = 6;

    private readonly RedisServer[] _servers = [.. Enumerable.Range(0, Count).Select(static _ => new RedisServer(
        [.. Replication.Options, "--cluster-enabled", "yes", "--cluster-port", $"{Ports.Next()}", "--cluster-node-timeout", "1500", "--cluster-require-full-coverage", "no"]))];

    public string Redis => string.Join(',', _servers.Select(static server => server.Redis));

    public bool HasSpareReplica => false;

    public async Task StartAsync()
    {
        await Task.WhenAll(_servers.Select(static server => server.StartAsync()));
        await using var create = ChildProcess.Start("redis-cli", Programs.Find("redis-cli")!,
            ["--cluster", "create", .. _servers.Select(static server => server.Redis), "--cluster-replicas", "1", "--cluster-yes"]);
        Assert.True(await create.WaitForExitAsync() == 0, create.Output);
        foreach (var server in _servers)
        {
            await Wait.UntilAsync(
                async () => (await server.AskAsync("CLUSTER INFO")).Contains("cluster_state:ok", StringComparison.Ordinal),
                Replication.Patience, "the cluster is up");
        }

        await Task.WhenAll(_servers.Skip(Count / 2).Select(Replication.UntilUpToDateAsync));
    }

    public async Task<RedisServer> KillPrimaryAsync()
    {
        var port = await PrimaryPortAsync(_servers[^1]);
        var primary = _servers.Single(server => server.Port == port);
        await primary.Process.KillAsync();
        return primary;
    }

    public Task UntilReplacedAsync(RedisServer killed) => Wait.UntilAsync(
        async () => await PrimaryPortAsync(_servers.First(server => server != killed)) != killed.Port, Replication.Patience, "a replica is promoted");

    public async Task ReturnAsync(RedisServer killed)
    {
        await killed.StartAsync();
        await Replication.UntilUpToDateAsync(killed);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Where the table of silos is, as one server sees it.</summary>
    private static async Task<int> PrimaryPortAsync(RedisServer asked)
    {
        var slot = int.Parse((await asked.AskAsync("CLUSTER KEYSLOT orleans-sessions/members/orleans-sessions")).Split("\r\n")[0][1..], CultureInfo.InvariantCulture);
        var primary = (await asked.AskAsync("CLUSTER NODES")).Split('\n').Select(static line => line.Split(' ')).First(node => node.Skip(8).Any(range => IsIn(range, slot)));
        return int.Parse(primary[1].Split(':', '@')[1], CultureInfo.InvariantCulture);
    }

    private static bool IsIn(string range, int slot)
    {
        var ends = range.Trim().Split('-').Select(static end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        return ends[0] <= slot && slot <= ends[^1];
    }
}
