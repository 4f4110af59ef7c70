using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>The notes of the uses of sessions, as the grains see them.</summary>
internal sealed partial class RedisUseNotes(
    UseNotes notes, StoreFailures failures, IOptions<ClusterSettings> cluster, ILogger<RedisUseNotes> logger) : IUseNotes
{
    public async Task<DateTimeOffset?> ReadAsync(GrainId session)
    {
        try
        {
            return await notes.ReadAsync(cluster.Value.ServiceId, session);
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            throw failures.Report("read", session, e);
        }
    }

    public async Task<bool> TryWriteAsync(GrainId session, DateTimeOffset usedAt, TimeSpan lifetime)
    {
        try
        {
            await notes.WriteAsync(cluster.Value.ServiceId, session, usedAt, lifetime, CommandFlags.None);
            return true;
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            LogNotNoted(logger, e, session);
            return false;
        }
    }

    [LoggerMessage(EventId = 320, EventName = "UseNotNoted", Level = LogLevel.Debug,
        Message = "The store did not take the note of a use of {Session}.")]
    private static partial void LogNotNoted(ILogger logger, Exception exception, GrainId session);
}
