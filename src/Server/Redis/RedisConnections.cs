using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>The connections of a silo: for records and ownership windows, for membership, and for waiting.</summary>
/// <remarks>Apart, so that no queue of records can delay the sign of life by which a silo is judged, and no wait a record.</remarks>
internal sealed class RedisConnections(IOptions<ClusterSettings> cluster) : IStoreConnection, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<IConnectionMultiplexer>? _storage;
    private Task<IConnectionMultiplexer>? _clustering;
    private Task<IConnectionMultiplexer>? _waiting;
    private int _failuresOfWaiting;

    /// <summary>The address, read.</summary>
    public ConfigurationOptions Configuration => StoreDefaults.Read(cluster.Value.Redis);

    /// <summary>The connection for records and ownership windows; perhaps not connected at the moment.</summary>
    public Task<IConnectionMultiplexer> ForStorageAsync() => Once(ref _storage, "orleans-sessions-storage");

    Task<IConnectionMultiplexer> IStoreConnection.ConnectAsync() => ForStorageAsync();

    /// <summary>The connection for membership; perhaps not connected at the moment.</summary>
    public Task<IConnectionMultiplexer> ForClusteringAsync() => Once(ref _clustering, "orleans-sessions-membership");

    /// <summary>The connection on which <see cref="ReplicaWait"/> waits; made when it first does.</summary>
    public Task<IConnectionMultiplexer> ForWaitingAsync() => Once(ref _waiting, "orleans-sessions-waiting", CountFailures);

    /// <summary>How often a connection for waiting has ended.</summary>
    public int FailuresOfWaiting => Volatile.Read(ref _failuresOfWaiting);

    /// <summary>Asks the servers once more who is the primary.</summary>
    public async Task FindPrimariesAsync()
    {
        foreach (var connection in new[] { await ForStorageAsync(), await ForClusteringAsync(), _waiting is { IsCompletedSuccessfully: true } ? await _waiting : null })
        {
            await (connection?.ConfigureAsync() ?? Task.CompletedTask);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in new[] { _storage, _clustering, _waiting })
        {
            if (connection is { IsCompletedSuccessfully: true })
            {
                await (await connection).DisposeAsync();
            }
        }
    }

    private Task<IConnectionMultiplexer> Once(
        ref Task<IConnectionMultiplexer>? connection, string name, Action<IConnectionMultiplexer>? watch = null)
    {
        lock (_gate)
        {
            // It fails where nothing tells which server is the primary yet: no Sentinel answers, say.
            return connection is null or { IsFaulted: true } or { IsCanceled: true } ? connection = ConnectAsync(name, watch) : connection;
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(string name, Action<IConnectionMultiplexer>? watch)
    {
        var configuration = Configuration;
        configuration.ClientName = name;
        if (!StoreDefaults.TryAnswerOnPool(configuration))
        {
            // The client waits on threads of the pool for the Sentinels when a primary has gone.
            ReservedThreads.Ensure();
        }

        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        watch?.Invoke(connection);
        return connection;
    }

    private void CountFailures(IConnectionMultiplexer connection) =>
        connection.ConnectionFailed += (_, _) => Interlocked.Increment(ref _failuresOfWaiting);
}
