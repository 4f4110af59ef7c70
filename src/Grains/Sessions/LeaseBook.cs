using Microsoft.Extensions.Logging;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains;

/// <summary>What one activation knows of the leases on its session: its own, and those another may have left behind.</summary>
/// <remarks>
/// The rules are those of docs/protocol.md. All moments are monotonic; the wall clock enters in two places only, where
/// the ownership window is written and where a record's window is read, and there the clock skew is added.
/// </remarks>
internal sealed partial class LeaseBook(LeaseOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<ILeaseHolder, GrantedLease> _leases = [];
    private long _grants;
    private DateTimeOffset _ownedUntil;
    private long _windowEnd = long.MinValue;
    private long _quarantineEnd = long.MinValue;
    private long _lastUse = long.MinValue;
    private int _uses;
    private int _usesBefore;

    /// <summary>Whether this activation alone may answer, and so may answer from memory.</summary>
    public bool IsInsideWindow => time.GetTimestamp() < _windowEnd;

    /// <summary>Whether a whole lease fits into the window from now on.</summary>
    public bool CanGrant => After(options.Duration) <= _windowEnd;

    /// <summary>Whether to grant a lease, even if a window must be written for it.</summary>
    /// <remarks>
    /// Inside the window a lease is free. Otherwise it costs a write, which is worth it for a session that is used more than
    /// once within two leases' time, or was when it was used before: pages come with several requests each time. A lone
    /// visit costs no write.
    /// </remarks>
    public bool IsWorthALease => options.Enabled && (_uses > 1 || _usesBefore > 1 || CanGrant);

    /// <summary>Whether the window is open, and what is out ends before it.</summary>
    public bool OutlivesItsLeases => IsInsideWindow && OutstandingEnd() < _windowEnd;

    /// <summary>Notes a use of the session.</summary>
    public void NoteUse()
    {
        var now = time.GetTimestamp();
        var goesOn = _lastUse != long.MinValue && time.GetElapsedTime(_lastUse, now) <= 2 * options.Duration;
        (_usesBefore, _uses) = goesOn ? (_usesBefore, _uses + 1) : (_uses, 1);
        _lastUse = now;
    }

    /// <summary>Takes note of the window in a record that was read: unless it is our own, its leases may still be out.</summary>
    public void ObserveWindow(DateTimeOffset ownedUntil)
    {
        // The wall clock is read before the monotonic one: a pause between the two lengthens the quarantine.
        var rest = ownedUntil == _ownedUntil ? TimeSpan.Zero : ownedUntil + options.ClockSkew - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            _quarantineEnd = Math.Max(_quarantineEnd, After(rest));
        }
    }

    /// <summary>Begins a new window: write <c>OwnedUntil</c>, and call <see cref="OpenWindow"/> once the write has succeeded.</summary>
    public OwnershipClaim ClaimWindow()
    {
        // The monotonic clock is read before the wall clock, and both before the write: a pause shortens the window.
        var end = After(options.OwnershipWindow);
        return new OwnershipClaim(time.GetUtcNow() + options.OwnershipWindow, end);
    }

    /// <summary>Opens a window that has been written.</summary>
    public void OpenWindow(OwnershipClaim claim) => (_ownedUntil, _windowEnd) = (claim.OwnedUntil, claim.End);

    /// <summary>Gives the window up, after a write whose outcome is not known.</summary>
    public void CloseWindow() => _windowEnd = long.MinValue;

    /// <summary>Grants a lease.</summary>
    /// <param name="holder">Who may answer from memory.</param>
    /// <param name="expiresIn">When the session itself ends.</param>
    /// <returns>The lease's length.</returns>
    public TimeSpan Grant(ILeaseHolder holder, TimeSpan expiresIn)
    {
        var lease = options.Duration < expiresIn ? options.Duration : expiresIn;
        var end = _leases.TryGetValue(holder, out var earlier) ? Math.Max(After(lease), earlier.End) : After(lease);
        _leases[holder] = new GrantedLease(end, ++_grants);
        return lease;
    }

    /// <summary>How long, at the most, an answer given before now may live on in some front end's memory.</summary>
    public TimeSpan Outstanding() => Until(OutstandingEnd());

    /// <summary>The wall-clock moment after which nothing is out, to store when this activation goes.</summary>
    /// <remarks>
    /// Not of its own leases alone: an activation that goes while it is in quarantine leaves behind what it found.
    /// </remarks>
    public DateTimeOffset OutstandingUntil()
    {
        // The monotonic clock is read before the wall clock: a pause between the two makes the moment later, never earlier.
        var rest = Outstanding();
        return time.GetUtcNow() + rest;
    }

    /// <summary>
    /// Takes all leases back: returns when each holder has dropped its own or can no longer use it, and when nothing that
    /// another activation granted can be used either.
    /// </summary>
    public async Task TakeBackAsync(LeaseDrop drop, CancellationToken cancellationToken)
    {
        var dropping = _leases.Select(lease => DropAsync(lease.Key, lease.Value, drop)).ToArray();
        await Task.WhenAll(dropping).WaitAsync(cancellationToken);
        await WaitUntilAsync(_quarantineEnd, cancellationToken);
    }

    private async Task DropAsync(ILeaseHolder holder, GrantedLease lease, LeaseDrop drop)
    {
        var rest = Until(lease.End);
        try
        {
            if (rest > TimeSpan.Zero)
            {
                using var untilLeaseEnd = new CancellationTokenSource(rest, time);
                await holder.DropAsync(drop, untilLeaseEnd.Token).WaitAsync(untilLeaseEnd.Token);
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
        {
            // A holder that cannot be told is no error: its lease ends by itself.
            LogHolderUnreachable(logger, e, drop.SessionId);
            await WaitUntilAsync(lease.End, CancellationToken.None);
        }

        // A lease granted since then is another one, even if it ends at the same moment, and stays.
        if (_leases.TryGetValue(holder, out var current) && current == lease)
        {
            _leases.Remove(holder);
        }
    }

    /// <summary>Timers count in milliseconds and may fire a fraction early, so the clock has the last word.</summary>
    private async Task WaitUntilAsync(long moment, CancellationToken cancellationToken)
    {
        while (Until(moment) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    private long OutstandingEnd() => _leases.Values.Select(lease => lease.End).Append(_quarantineEnd).Max();

    private long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Until(long moment)
    {
        var now = time.GetTimestamp();
        return moment <= now ? TimeSpan.Zero : time.GetElapsedTime(now, moment);
    }

    /// <summary>A lease; no two have the same number.</summary>
    private readonly record struct GrantedLease(long End, long Number);

    [LoggerMessage(EventId = 100, EventName = "LeaseHolderUnreachable", Level = LogLevel.Information,
        Message = "A holder of a lease on session {SessionId} could not be told to drop it; waiting for the lease to end.")]
    private static partial void LogHolderUnreachable(ILogger logger, Exception exception, string sessionId);
}

/// <summary>An ownership window that is about to be written.</summary>
/// <param name="OwnedUntil">Its end by the wall clock, for the record.</param>
/// <param name="End">Its end by this silo's monotonic clock.</param>
internal readonly record struct OwnershipClaim(DateTimeOffset OwnedUntil, long End);
