using Microsoft.Extensions.Logging;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>A watch over one session.</summary>
/// <remarks>
/// Keeps a lease on the session, so that a silo has this front end to tell of its end; asks for it again and again
/// without using the session, so that an open connection keeps nobody signed in.
/// </remarks>
public sealed partial class SessionWatch : IAsyncDisposable
{
    // Never disposed of: an event that is on its way must not meet a disposed source, and without a timer it holds nothing.
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SessionEvents _events;
    private readonly string _sessionId;
    private readonly ILogger _logger;
    private readonly Task _asking;

    internal SessionWatch(SessionEvents events, LeaseCache leases, SessionToken token, TimeSpan period, TimeProvider time, ILogger logger)
    {
        (_events, _sessionId, _logger) = (events, token.SessionId, logger);
        Ended = _ended.Token;
        _events.Add(_sessionId, OnEnded);
        _asking = KeepAskingAsync(leases, token, period, time);
    }

    /// <summary>Cancelled when the session has ended, or its secret was replaced.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Why it ended; none while it has not, or where its secret was replaced.</summary>
    public RevocationReason Reason { get; private set; }

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Remove(_sessionId, OnEnded);
        await _stopped.CancelAsync();
        await _asking;
        _stopped.Dispose();
    }

    private async Task KeepAskingAsync(LeaseCache leases, SessionToken token, TimeSpan period, TimeProvider time)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            do
            {
                if (await IsGoneAsync(leases, token))
                {
                    await _ended.CancelAsync();
                    return;
                }
            }
            while (await timer.WaitForNextTickAsync(_stopped.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed of.
        }
    }

    // Not known is not ended; and whatever went wrong, a watch that stopped asking would never hear of the end.
    private async Task<bool> IsGoneAsync(LeaseCache leases, SessionToken token)
    {
        try
        {
            return !(await leases.RenewAsync(token)).IsActive;
        }
        catch (SessionsUnavailableException)
        {
            return false;
        }
        catch (Exception e)
        {
            LogFailed(_logger, e, _sessionId);
            return false;
        }
    }

    private void OnEnded(RevocationReason reason)
    {
        Reason = reason;
        _ = _ended.CancelAsync();
    }

    [LoggerMessage(EventId = 230, EventName = "WatchFailed", Level = LogLevel.Error,
        Message = "Session {SessionId} could not be asked for; the watch over it goes on.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string sessionId);
}
