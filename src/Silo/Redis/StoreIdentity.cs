using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;
using StackExchange.Redis;

namespace OrleansSessions.Silo.Redis;

/// <summary>Tells the store that this silo started on from an emptied one at the same address.</summary>
/// <remarks>
/// The first silo leaves a random mark. Where it is gone, so are the table of silos and every revocation: the running silos
/// would never find the ones that start later, and go on accepting, from memory, what was revoked among those.
/// </remarks>
internal sealed class StoreIdentity(IOptions<ClusterSettings> cluster)
{
    private RedisKey Key => StoreKeys.Epoch(cluster.Value.ServiceId);

    /// <summary>The mark that this silo found or left at its start.</summary>
    public string? Mark { get; private set; }

    /// <summary>Leaves a mark where there is none, and remembers the one that is there.</summary>
    public async Task ClaimAsync(IConnectionMultiplexer redis)
    {
        var database = redis.GetDatabase();
        var fresh = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await database.StringSetAsync(Key, fresh, when: When.NotExists);
        Mark = await database.StringGetAsync(Key);
    }

    /// <summary>Whether the store is still the one that this silo started on.</summary>
    /// <exception cref="RedisException">The store does not answer, which says nothing about it.</exception>
    public async Task<bool> IsSameAsync(IConnectionMultiplexer redis) =>
        await redis.GetDatabase().StringGetAsync(Key) == Mark;
}
