using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Reads of which the primary answers each, or nobody.</summary>
internal sealed class StrictRecordReads(StrictReads reads) : IRecordReads
{
    private static readonly StrictReads.Script Read = new("return redis.call('HMGET', KEYS[1], 'etag', 'data')");

    public async Task<(RedisValue Etag, RedisValue Data)> ReadAsync(RedisKey record)
    {
        var fields = (RedisValue[])(await reads.RunAsync(Read, record))!;
        return (fields[0], fields[1]);
    }
}
