using Microsoft.Extensions.Logging;

namespace OrleansSessions.AspNetCore;

/// <summary>What all watches of one session at this front end share.</summary>
/// <remarks>
/// Keeps a lease on the session, so that a silo has this front end to tell of its end. It asks only where no lease lasts, and
/// without using the session: an open connection keeps nobody signed in.
/// </remarks>
internal sealed partial class SharedWatch : IAsyncDisposable
{
    // Never disposed of: an event that is on its way must not meet a disposed source, and without a timer it holds nothing.
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly SessionEvents _events;
    private readonly LeaseCache _leases;
    private readonly SessionToken _token;
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _period;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _asking;

    public SharedWatch(
        SessionEvents events, LeaseCache leases, SessionToken token, TimeSpan period, TimeProvider time, ILogger logger)
    {
        (_events, _leases, _token, _period, _time, _logger) = (events, leases, token, period, time, logger);
        Ended = _ended.Token;
        _events.Add(token.SessionId, OnEvent);
        _asking = Background.Start(KeepAskingAsync);
    }

    /// <summary>Raised with each answer of another revision, the first one among them.</summary>
    public event Action? Changed;

    /// <summary>The revision of the latest answer; null before the first.</summary>
    public int? Revision { get; private set; }

    public SessionToken Token => _token;

    public (string SessionId, SecretHash SecretHash) Key => (_token.SessionId, _token.SecretHash);

    public CancellationToken Ended { get; }

    public RevocationReason Reason { get; private set; }

    public string? ReasonText { get; private set; }

    /// <summary>How many watches share this; guarded by the watcher's lock.</summary>
    public int Users { get; set; }

    public async ValueTask DisposeAsync()
    {
        _events.Remove(_token.SessionId, OnEvent);
        await _stopped.CancelAsync();
        await _asking;
        _stopped.Dispose();
    }

    private async Task KeepAskingAsync()
    {
        try
        {
            while (_leases.RestUntilRenewal(_token) > TimeSpan.Zero || !await IsGoneAsync())
            {
                await PauseAsync();
            }

            await _ended.CancelAsync();
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The last watch is gone.
        }
    }

    /// <summary>Waits until it is time to ask again, or until the silo tells of a change.</summary>
    private async Task PauseAsync()
    {
        var change = Volatile.Read(ref _change);
        await Task.WhenAny(Task.Delay(Pause(), _time, _stopped.Token), change.Task);
        _stopped.Token.ThrowIfCancellationRequested();
        if (change.Task.IsCompleted)
        {
            Volatile.Write(ref _change, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    /// <summary>Until the lease wants to be renewed, and no longer than the period: a lease may be dropped at any time.</summary>
    private TimeSpan Pause() =>
        _leases.RestUntilRenewal(_token) is { } rest && rest < _period
            ? TimeSpan.FromTicks(Math.Max(rest.Ticks, _period.Ticks / 10))
            : _period;

    // A failed call does not mean that the session has ended, so the watch goes on.
    private async Task<bool> IsGoneAsync()
    {
        try
        {
            var answer = await _leases.RenewAsync(_token).WaitAsync(_stopped.Token);
            if (answer.IsActive)
            {
                Note(answer.Session);
            }

            return !answer.IsActive;
        }
        catch (SessionsUnavailableException)
        {
            return false;
        }
        catch (Exception e) when (!_stopped.IsCancellationRequested)
        {
            LogFailed(_logger, e, _token.SessionId);
            return false;
        }
    }

    private void Note(SessionInfo session)
    {
        var isOther = Revision != session.Revision;
        Revision = session.Revision;
        if (isOther)
        {
            Changed?.Invoke();
        }
    }

    private void OnEvent(SessionEvent what)
    {
        if (what.EndedBy == RevocationReason.None)
        {
            Volatile.Read(ref _change).TrySetResult();
            return;
        }

        (Reason, ReasonText) = (what.EndedBy, what.ReasonText);
        _ = _ended.CancelAsync();
    }

    [LoggerMessage(EventId = 230, EventName = "WatchFailed", Level = LogLevel.Error,
        Message = "Session {SessionId} could not be asked for; the watch over it goes on.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string sessionId);
}
