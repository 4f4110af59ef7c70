using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>A front end's own connection to the store, for reads.</summary>
internal sealed class StoreConnection(IOptions<ClusterSettings> cluster) : IStoreConnection, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<IConnectionMultiplexer>? _connection;

    public Task<IConnectionMultiplexer> ConnectAsync()
    {
        lock (_gate)
        {
            return _connection is null or { IsFaulted: true } or { IsCanceled: true } ? _connection = OpenAsync() : _connection;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { IsCompletedSuccessfully: true } connection)
        {
            await (await connection).DisposeAsync();
        }
    }

    private async Task<IConnectionMultiplexer> OpenAsync()
    {
        // The client blocks where it asks a Sentinel, and no request may wait for that.
        await Task.Yield();
        var configuration = StoreDefaults.Read(cluster.Value.Redis);
        configuration.ClientName = "orleans-sessions-reads";
        StoreDefaults.TryAnswerOnPool(configuration);
        return await ConnectionMultiplexer.ConnectAsync(configuration);
    }
}
