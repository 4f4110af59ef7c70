using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Reads a record with its etag.</summary>
internal interface IRecordReads
{
    /// <summary>Reads them; null stands for a field that is not stored.</summary>
    Task<(RedisValue Etag, RedisValue Data)> ReadAsync(RedisKey record);
}
