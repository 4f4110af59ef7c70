using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Reads a record with its etag.</summary>
internal interface IRecordReads
{
    /// <summary>Reads them; null stands for a field that is not stored.</summary>
    Task<(RedisValue Etag, RedisValue Data)> ReadAsync(RedisKey record);
}

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

/// <summary>Reads in one command, by whichever server the client takes for the primary: a guess, for a write that proves it.</summary>
internal sealed class PlainRecordReads(IStoreConnection connection) : IRecordReads
{
    private static readonly RedisValue[] Fields = ["etag", "data"];

    public async Task<(RedisValue Etag, RedisValue Data)> ReadAsync(RedisKey record)
    {
        var redis = await connection.ConnectAsync();
        var fields = await redis.GetDatabase().HashGetAsync(record, Fields, CommandFlags.DemandMaster);
        return (fields[0], fields[1]);
    }
}
