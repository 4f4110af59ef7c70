using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>A connection to the store, made when it is first needed.</summary>
internal interface IStoreConnection
{
    /// <summary>The connection; perhaps not connected at the moment.</summary>
    Task<IConnectionMultiplexer> ConnectAsync();
}
