using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

/// <summary>The calls of a user's index to the user's sessions. Each session is settled on its own: one that fails stops no other.</summary>
internal sealed partial class SessionCalls(IGrainFactory grains, ILogger logger)
{
    private readonly Dictionary<string, Task<SessionStatus>> _ends = new(StringComparer.Ordinal);

    public ILogger Logger => logger;

    /// <summary>Asks sessions what they are.</summary>
    /// <returns>Their states; null for a session that did not answer, or cannot be read.</returns>
    public Task<(IndexedSession Entry, IndexedSessionState? State)[]> DescribeAsync(
        IEnumerable<IndexedSession> entries, CancellationToken cancellationToken) =>
        Task.WhenAll(entries.Select(async entry =>
        {
            try
            {
                return (entry, (IndexedSessionState?)await grains.GetIndexedSession(entry.SessionId).DescribeAsync(cancellationToken));
            }
            catch (Exception e) when (IsFailure(e, cancellationToken))
            {
                LogNoAnswer(logger, e, entry.SessionId);
                return (entry, null);
            }
        }));

    /// <summary>Asks sessions that are not active what becomes of their entries. One that does not answer stays.</summary>
    public Task<(IndexedSession Entry, IndexEntryFate Fate)[]> SettleAsync(
        IEnumerable<IndexedSession> entries, CancellationToken cancellationToken) =>
        Task.WhenAll(entries.Select(async entry =>
        {
            try
            {
                return (entry, await grains.GetIndexedSession(entry.SessionId).SettleAsync(cancellationToken));
            }
            catch (Exception e) when (IsFailure(e, cancellationToken))
            {
                LogNoAnswer(logger, e, entry.SessionId);
                return (entry, IndexEntryFate.Stays);
            }
        }));

    /// <summary>Ends sessions everywhere.</summary>
    /// <returns>What each was; null for a session that could not be ended.</returns>
    public Task<(string SessionId, SessionStatus? Status)[]> EndAllAsync(
        IEnumerable<IndexedSession> entries, RevocationReason reason, string? reasonText, CancellationToken cancellationToken) =>
        Task.WhenAll(entries.Select(async entry =>
        {
            try
            {
                return (entry.SessionId, (SessionStatus?)await EndAsync(entry.SessionId, reason, reasonText).WaitAsync(cancellationToken));
            }
            catch (Exception e) when (IsFailure(e, cancellationToken))
            {
                LogNotEnded(logger, e, entry.SessionId);
                return (entry.SessionId, null);
            }
        }));

    /// <summary>Marks the claims of sessions as outdated, everywhere.</summary>
    /// <exception cref="OrleansException">Some sessions could not be marked; all others were.</exception>
    public async Task OutdateClaimsAsync(IEnumerable<IndexedSession> entries, CancellationToken cancellationToken)
    {
        var failures = await Task.WhenAll(entries.Select(async entry =>
        {
            try
            {
                await grains.GetIndexedSession(entry.SessionId).OutdateClaimsAsync(cancellationToken);
                return 0;
            }
            catch (Exception e) when (IsFailure(e, cancellationToken))
            {
                LogNoAnswer(logger, e, entry.SessionId);
                return 1;
            }
        }));
        if (failures.Sum() is var failed && failed > 0)
        {
            throw new OrleansException($"The claims of {failed} sessions could not be marked.");
        }
    }

    /// <summary>Ends a session everywhere. A call that is repeated while its first is under way waits for the first.</summary>
    public Task<SessionStatus> EndAsync(string sessionId, RevocationReason reason, string? reasonText)
    {
        if (!_ends.TryGetValue(sessionId, out var end))
        {
            _ends[sessionId] = end = CallAsync();
        }

        return end;

        async Task<SessionStatus> CallAsync()
        {
            // The caller stores the task before it can be removed.
            await Task.Yield();
            try
            {
                var request = new RevocationRequest { Reason = reason, ReasonText = reasonText };
                return (await grains.GetIndexedSession(sessionId).EndAsync(request)).Status;
            }
            finally
            {
                _ends.Remove(sessionId);
            }
        }
    }

    /// <summary>Ends a session to make room for another: its end is stored, and reaches the front ends by itself.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="replaced">The session that a browser presented, with the proof of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the proof is wrong.</returns>
    public async Task<bool> EvictAsync(string sessionId, SessionProof? replaced, CancellationToken cancellationToken)
    {
        var isReplaced = sessionId == replaced?.SessionId;
        var request = new RevocationRequest
        {
            Reason = isReplaced ? RevocationReason.Superseded : RevocationReason.LimitExceeded,
            ProofOfPossession = isReplaced ? replaced!.SecretHash : null,
            Wait = RevocationWait.Durable,
        };
        var result = await grains.GetSession(sessionId).RevokeAsync(request, cancellationToken);
        return !isReplaced || result.Status != SessionStatus.NotFound;
    }

    private static bool IsFailure(Exception e, CancellationToken cancellationToken) =>
        e is OrleansException or TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested;

    [LoggerMessage(EventId = 121, EventName = "SessionDidNotAnswer", Level = LogLevel.Warning,
        Message = "Session {SessionId} did not answer its user's index.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(EventId = 122, EventName = "SessionNotEnded", Level = LogLevel.Warning,
        Message = "Session {SessionId} could not be ended with its user's other sessions.")]
    private static partial void LogNotEnded(ILogger logger, Exception exception, string sessionId);
}
