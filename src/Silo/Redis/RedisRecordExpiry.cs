using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains;
using OrleansSessions.Grains.Interfaces;
using StackExchange.Redis;

namespace OrleansSessions.Silo.Redis;

/// <summary>Sets by when Redis may drop a session's record.</summary>
internal sealed partial class RedisRecordExpiry(
    RedisConnections connections, IOptions<ClusterSettings> cluster, ILogger<RedisRecordExpiry> logger) : IRecordExpiry
{
    public async Task ExpireAsync(GrainId session, TimeSpan timeToLive)
    {
        try
        {
            var redis = await connections.ForStorageAsync();
            await redis.GetDatabase().KeyExpireAsync(StoreKeys.Record(cluster.Value.ServiceId, session), timeToLive);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // The provider's own, longer time to live holds.
            LogKept(logger, e, session);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "RecordExpiryNotSet", Level = LogLevel.Debug,
        Message = "The record of {Session} is kept longer than need be.")]
    private static partial void LogKept(ILogger logger, Exception exception, GrainId session);
}
