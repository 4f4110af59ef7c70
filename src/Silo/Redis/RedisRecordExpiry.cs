using Microsoft.Extensions.Options;
using OrleansSessions.Grains;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Silo.Redis;

/// <summary>Sets by when Redis may drop a record.</summary>
internal sealed class RedisRecordExpiry(RedisConnections connections, IOptions<ClusterSettings> cluster) : IRecordExpiry
{
    public async Task ExpireAsync(GrainId grain, TimeSpan timeToLive)
    {
        var redis = await connections.ForStorageAsync();
        await redis.GetDatabase().KeyExpireAsync(StoreKeys.Record(cluster.Value.ServiceId, grain), timeToLive);
    }
}
