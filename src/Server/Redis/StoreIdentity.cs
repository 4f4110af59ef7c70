using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Tells the store that this silo started on from an emptied one at the same address.</summary>
/// <remarks>
/// The first silo leaves a random mark, one at each primary. Where it is gone, so are the table of silos and every
/// revocation: the running silos would never find the ones that start later, and go on accepting, from memory, what was
/// revoked among those.
/// </remarks>
internal sealed class StoreIdentity(StrictReads reads, StoreClock clock, IOptions<ClusterSettings> cluster)
{
    /// <summary>The time comes with it. A user who may not ask for that gets the mark alone.</summary>
    private static readonly StrictReads.Script Read = new("""
        local time = redis.pcall('TIME')
        if time.err then time = {} end
        return {redis.call('GET', KEYS[1]), time[1], time[2]}
        """);

    private (RedisKey Key, string? Mark)[] _marks = [];

    /// <summary>Leaves a mark where there is none, and remembers those that are there.</summary>
    public async Task ClaimAsync(IConnectionMultiplexer redis)
    {
        var marks = new List<(RedisKey, string?)>();
        foreach (var key in KeysOf(redis))
        {
            // A Redis that is full refuses the write also where it would change nothing: the silo must start there.
            var mark = await ReadAsync(key);
            if (mark is null)
            {
                var fresh = RandomNumberGenerator.GetHexString(32, lowercase: true);
                await redis.GetDatabase().StringSetAsync(key, fresh, when: When.NotExists);
                mark = await ReadAsync(key);
            }

            marks.Add((key, mark));
        }

        _marks = [.. marks];
    }

    /// <summary>Whether the store is still the one that this silo started on.</summary>
    /// <exception cref="RedisException">The store does not answer, which says nothing about it.</exception>
    public async Task<bool> IsSameAsync()
    {
        foreach (var (key, mark) in _marks)
        {
            if (await ReadAsync(key) != mark)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<string?> ReadAsync(RedisKey key)
    {
        var sentAt = clock.GetTimestamp();
        var answer = (RedisValue[])(await reads.RunAsync(Read, key))!;
        if (answer is [_, { IsNull: false } seconds, { IsNull: false } microseconds])
        {
            clock.Observe(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds((long)seconds) + TimeSpan.FromMicroseconds((long)microseconds), sentAt);
        }

        return answer[0];
    }

    /// <summary>One key for each primary; a store that is not a Redis Cluster has one.</summary>
    private IEnumerable<RedisKey> KeysOf(IConnectionMultiplexer redis)
    {
        var serviceId = cluster.Value.ServiceId;
        yield return StoreKeys.Epoch(serviceId);
        var nodes = redis.GetServers().Select(static server => server.ClusterConfiguration).FirstOrDefault(static each => each is not null)?.Nodes;
        foreach (var primary in nodes?.Where(static node => !node.IsReplica && node.Slots.Count > 0) ?? [])
        {
            yield return KeyIn(redis, serviceId, primary.Slots);
        }
    }

    /// <summary>A key that belongs to a primary by one of its slots.</summary>
    private static RedisKey KeyIn(IConnectionMultiplexer redis, string serviceId, IList<SlotRange> slots) =>
        Enumerable.Range(0, int.MaxValue)
            .Select(i => StoreKeys.Epoch(serviceId, i))
            .First(key => slots.Any(range => redis.HashSlot(key) >= range.From && redis.HashSlot(key) <= range.To));
}
