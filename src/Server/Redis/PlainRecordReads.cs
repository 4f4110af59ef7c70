using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

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
