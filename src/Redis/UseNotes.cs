using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>The latest uses of sessions, where they are not in the records: each a key beside a session's record.</summary>
/// <remarks>It holds the moment by the store's clock, and expires where it can make no difference any more.</remarks>
internal sealed class UseNotes(IStoreConnection connection, StrictReads reads)
{
    private static readonly StrictReads.Script Get = new("return redis.call('GET', KEYS[1])");

    /// <summary>Notes a use.</summary>
    /// <param name="serviceId">Whose key it is.</param>
    /// <param name="session">The session's grain.</param>
    /// <param name="usedAt">The moment, by the store's clock.</param>
    /// <param name="lifetime">For how long it makes a difference.</param>
    /// <param name="flags">Whether to wait for the store's answer.</param>
    /// <exception cref="RedisException">The store refuses, or nothing is connected to it.</exception>
    public async Task WriteAsync(string serviceId, GrainId session, DateTimeOffset usedAt, TimeSpan lifetime, CommandFlags flags)
    {
        // Of a fraction of a second the client makes another command, to which the users of the store have no right.
        var seconds = TimeSpan.FromSeconds(Math.Ceiling(lifetime.TotalSeconds));
        var redis = await connection.ConnectAsync();
        await redis.GetDatabase().StringSetAsync(
            StoreKeys.Use(serviceId, session), usedAt.ToUnixTimeMilliseconds(), seconds, When.Always, flags);
    }

    /// <summary>Reads when a session was last used; null where nothing is noted.</summary>
    /// <exception cref="RedisException">The primary does not answer, or refuses.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public async Task<DateTimeOffset?> ReadAsync(string serviceId, GrainId session)
    {
        var value = (RedisValue)await reads.RunAsync(Get, StoreKeys.Use(serviceId, session));
        return value.TryParse(out long milliseconds) && milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
