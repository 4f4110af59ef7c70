namespace OrleansSessions.AspNetCore;

/// <summary>A watch over one session.</summary>
public sealed class SessionWatch : IAsyncDisposable
{
    private readonly SessionWatcher _watcher;
    private readonly SharedWatch _shared;
    private bool _isOver;

    internal SessionWatch(SessionWatcher watcher, SharedWatch shared) => (_watcher, _shared) = (watcher, shared);

    /// <summary>Cancelled when the session has ended, or its secret was replaced.</summary>
    public CancellationToken Ended => _shared.Ended;

    /// <summary>Why the session ended; none while it has not, or where its secret was replaced.</summary>
    public RevocationReason Reason => _shared.Reason;

    /// <summary>Why the session ended, in the application's own words; null for none.</summary>
    public string? ReasonText => _shared.ReasonText;

    /// <inheritdoc cref="SharedWatch.Changed"/>
    internal event Action Changed
    {
        add => _shared.Changed += value;
        remove => _shared.Changed -= value;
    }

    /// <inheritdoc cref="SharedWatch.Revision"/>
    internal int? Revision => _shared.Revision;

    /// <summary>What the request presented.</summary>
    internal SessionToken Token => _shared.Token;

    /// <summary>Ends the watch.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isOver, true))
        {
            await _watcher.LeaveAsync(_shared);
        }
    }
}
