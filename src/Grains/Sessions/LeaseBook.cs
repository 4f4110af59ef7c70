using Microsoft.Extensions.Logging;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains;

/// <summary>The leases that one activation has granted on its session, and the rules by which it does.</summary>
/// <remarks>The rules are those of docs/protocol.md. All moments are monotonic.</remarks>
internal sealed partial class LeaseBook(LeaseOptions options, OwnershipWindow window, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<ILeaseHolder, GrantedLease> _leases = [];
    private long _grants;
    private long _lastUse = long.MinValue;
    private int _uses;
    private int _usesBefore;

    /// <summary>Whether to claim a window, for a session that needs one before it can be given a lease.</summary>
    /// <remarks>
    /// Inside a window a lease is free. The window costs a claim besides the read that a validation outside of it costs
    /// anyway, which is worth it for a session that is used more than once within two leases' time, or was when it was used
    /// before: pages come with several requests each time. A lone visit costs no claim.
    /// </remarks>
    /// <param name="isShared">Whether several requests wait for the answer.</param>
    public bool IsWorthAWindow(bool isShared) => options.Enabled && (isShared || _uses > 1 || _usesBefore > 1);

    /// <summary>Notes the sign-in, which counts as a page: a browser that has signed in loads one next.</summary>
    public void NoteSignIn() => (_uses, _lastUse) = (2, time.GetTimestamp());

    /// <summary>Notes a use of the session.</summary>
    public void NoteUse()
    {
        var now = time.GetTimestamp();
        var goesOn = _lastUse != long.MinValue && time.GetElapsedTime(_lastUse, now) <= 2 * options.Duration;
        (_usesBefore, _uses) = goesOn ? (_usesBefore, _uses + 1) : (_uses, 1);
        _lastUse = now;
    }

    /// <summary>Grants a lease.</summary>
    /// <param name="holder">Who may answer from memory.</param>
    /// <param name="expiresIn">When the session itself ends.</param>
    /// <returns>The lease's length.</returns>
    public TimeSpan Grant(ILeaseHolder holder, TimeSpan expiresIn)
    {
        var lease = options.Duration < expiresIn ? options.Duration : expiresIn;
        var end = _leases.TryGetValue(holder, out var earlier) ? Math.Max(time.After(lease), earlier.End) : time.After(lease);
        _leases[holder] = new GrantedLease(end, ++_grants);
        return lease;
    }

    /// <summary>When the last of the leases granted here ends; a monotonic moment.</summary>
    public long LastEnd => _leases.Values.Select(lease => lease.End).DefaultIfEmpty(long.MinValue).Max();

    /// <summary>How long, at the most, an answer given before now may live on in some front end's memory.</summary>
    public TimeSpan Outstanding() => time.Until(Math.Max(LastEnd, window.OthersEnd));

    /// <summary>
    /// Takes all leases back: returns when each holder has dropped its own or can no longer use it, and when nothing that
    /// another activation granted can be used either.
    /// </summary>
    /// <param name="drop">What the holders are told.</param>
    /// <param name="revision">The revision of the record that is stored by now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task TakeBackAsync(LeaseDrop drop, int revision, CancellationToken cancellationToken)
    {
        var dropping = _leases.Select(lease => DropAsync(lease.Key, lease.Value, drop)).ToArray();
        await Task.WhenAll([.. dropping, window.LookForOthersAsync(revision)]).WaitAsync(cancellationToken);
        await WaitUntilAsync(window.OthersEnd, cancellationToken);
    }

    private async Task DropAsync(ILeaseHolder holder, GrantedLease lease, LeaseDrop drop)
    {
        var rest = time.Until(lease.End);
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
        while (time.Until(moment) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    /// <summary>A lease; no two have the same number.</summary>
    private readonly record struct GrantedLease(long End, long Number);

    [LoggerMessage(EventId = 100, EventName = "LeaseHolderUnreachable", Level = LogLevel.Information,
        Message = "A holder of a lease on session {SessionId} could not be told to drop it; waiting for the lease to end.")]
    private static partial void LogHolderUnreachable(ILogger logger, Exception exception, string sessionId);
}
