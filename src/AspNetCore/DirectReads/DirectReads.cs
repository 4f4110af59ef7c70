using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>Reads a session's record from the store, for a request that came before the read was sent, and for no other.</summary>
/// <remarks>
/// Only the clear positive is an answer: everything else, and every doubt, is for the session's grain. The read is never kept
/// and makes no lease. docs/protocol.md says why it is strict.
/// </remarks>
internal sealed partial class DirectReads
{
    /// <summary>After this long the grain is asked instead.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(700);

    private static readonly StrictReads.Script ReadData = new("return redis.call('HGET', KEYS[1], 'data')");
    private static readonly GrainType SessionType = GrainType.Create(GrainTypes.Session);

    private readonly StrictReads _reads;
    private readonly UseNotes _uses;
    private readonly StoreTime _storeTime;
    private readonly ValidationMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<DirectReads> _logger;
    private readonly string _serviceId;
    private readonly bool _isEnabled;

    public DirectReads(
        StrictReads reads,
        UseNotes uses,
        StoreTime storeTime,
        ValidationMetrics metrics,
        IOptions<SessionClientOptions> options,
        IOptions<ClusterSettings> settings,
        TimeProvider time,
        ILogger<DirectReads> logger)
    {
        (_reads, _uses, _storeTime, _metrics, _time, _logger) = (reads, uses, storeTime, metrics, time, logger);
        (_isEnabled, _serviceId) = (options.Value.DirectReads, settings.Value.ServiceId);
    }

    /// <summary>Validates a token by the stored record.</summary>
    /// <returns>An active answer; null where the grain must be asked.</returns>
    public async ValueTask<ValidationAnswer?> TryReadAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if (!_isEnabled || !_storeTime.IsKnown)
        {
            return null;
        }

        var sentAt = _time.GetTimestamp();
        var session = GrainId.Create(SessionType, token.SessionId);
        var record = await ReadAsync(session, cancellationToken);
        var now = _storeTime.Now;
        if (record is null || !record.ClearlyAdmits(token.SecretHash, now))
        {
            return null;
        }

        if (record.IsUseDue(now))
        {
            // Beside the answer: a use that is not noted lets idle time pass too soon, and costs no more.
            _uses.WriteAsync(_serviceId, session, now, record.NoteLifetime(now), CommandFlags.FireAndForget).Ignore();
        }

        _metrics.ReadDirectly();
        return new ValidationAnswer(
            new SessionValidationResult { Status = SessionStatus.Active, Session = record.ToInfo(token.SessionId, now) }, sentAt);
    }

    private async Task<StoredSessionView?> ReadAsync(GrainId session, CancellationToken cancellationToken)
    {
        try
        {
            var data = await _reads.RunAsync(ReadData, StoreKeys.Record(_serviceId, session)).WaitAsync(Bound, _time, cancellationToken);
            return data.IsNull ? null : StoredSessionView.TryRead((byte[])data!);
        }
        catch (Exception e) when (StoreFailure.Is(e))
        {
            LogFailed(_logger, e);
            return null;
        }
    }

    [LoggerMessage(EventId = 250, EventName = "DirectReadFailed", Level = LogLevel.Debug,
        Message = "The store did not answer a direct read; the session's grain is asked.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
