using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;
using OrleansSessions.Silo.Hosting;
using StackExchange.Redis;

namespace OrleansSessions.Silo.Redis;

/// <summary>The two connections of a silo: one for records and ownership windows, one for membership.</summary>
/// <remarks>Apart, so that no queue of records can delay the sign of life by which a silo is judged.</remarks>
internal sealed class RedisConnections(IOptions<ClusterSettings> cluster) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<IConnectionMultiplexer>? _storage;
    private Task<IConnectionMultiplexer>? _clustering;

    /// <summary>The connection string, read.</summary>
    public ConfigurationOptions Configuration => Parse(cluster.Value.Redis);

    /// <summary>The connection for records and ownership windows; perhaps not connected at the moment.</summary>
    public Task<IConnectionMultiplexer> ForStorageAsync() => Once(ref _storage, "orleans-sessions-storage");

    /// <summary>The connection for membership; perhaps not connected at the moment.</summary>
    public Task<IConnectionMultiplexer> ForClusteringAsync() => Once(ref _clustering, "orleans-sessions-membership");

    /// <summary>Asks the servers anew who is the primary.</summary>
    public async Task FindPrimariesAsync()
    {
        foreach (var connection in new[] { await ForStorageAsync(), await ForClusteringAsync() })
        {
            await connection.ConfigureAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in new[] { _storage, _clustering })
        {
            if (connection is { IsCompletedSuccessfully: true })
            {
                await (await connection).DisposeAsync();
            }
        }
    }

    private Task<IConnectionMultiplexer> Once(ref Task<IConnectionMultiplexer>? connection, string name)
    {
        lock (_gate)
        {
            // It fails where nothing tells which server is the primary yet: no Sentinel answers, say.
            return connection is null or { IsFaulted: true } or { IsCanceled: true } ? connection = ConnectAsync(name) : connection;
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(string name)
    {
        var configuration = Configuration;
        configuration.ClientName = name;

        // The default has threads of its own, which guard against a pool whose threads are blocked. Nothing here blocks one,
        // and each command would wake two of them.
        configuration.SocketManager = SocketManager.ThreadPool;
        return await ConnectionMultiplexer.ConnectAsync(configuration);
    }

    private static ConfigurationOptions Parse(string connection)
    {
        try
        {
            var configuration = StoreDefaults.Read(connection);
            return configuration.EndPoints.Count > 0 ? configuration : throw new StartFailureException(Unreadable);
        }
        catch (ArgumentException e)
        {
            // The text itself may hold a password: it is not repeated.
            throw new StartFailureException(Unreadable, e);
        }
    }

    private const string Unreadable = "Cluster:Redis is not a Redis connection string; set Cluster__Redis to HOST:PORT[,option=value].";
}
