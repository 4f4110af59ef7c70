using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>The connection to the store that keeps the keys of Data Protection.</summary>
/// <remarks>It is made when first asked for, and fails at once while there is no Redis: a page then says 503.</remarks>
internal sealed class KeyStore(IOptions<ClusterSettings> cluster) : IStoreConnection, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lazy<Task<ConnectionMultiplexer>> _redis = new(() => ConnectAsync(cluster.Value.Redis));

    public IDatabase Database
    {
        get
        {
            // The repository is synchronous, and this is its first use: later ones find the task complete.
            if (!_redis.Value.Wait(Patience))
            {
                throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "Redis, which has the keys, cannot be reached.");
            }

            return _redis.Value.Result.GetDatabase();
        }
    }

    public async Task<IConnectionMultiplexer> ConnectAsync() => await _redis.Value;

    public async ValueTask DisposeAsync()
    {
        if (!_redis.IsValueCreated)
        {
            return;
        }

        // A stop does not wait for a store that is still being looked for.
        var closing = CloseAsync(_redis.Value);
        if (_redis.Value.IsCompleted)
        {
            await closing;
        }
    }

    private static async Task CloseAsync(Task<ConnectionMultiplexer> connection) => await (await connection).DisposeAsync();

    private static Task<ConnectionMultiplexer> ConnectAsync(string address)
    {
        var options = StoreDefaults.Read(address);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = (int)Patience.TotalMilliseconds;
        options.SyncTimeout = (int)Patience.TotalMilliseconds;
        options.ClientName = "orleans-sessions-keys";
        return Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));
    }
}
