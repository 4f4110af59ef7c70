namespace OrleansSessions.AspNetCore;

/// <summary>The permission to answer for one secret of a session from memory, until a moment on this front end's clock.</summary>
/// <param name="secretHash">The secret that it was granted for.</param>
/// <param name="answer">What to answer.</param>
/// <param name="renewAt">From when on a use of it should renew it; a monotonic timestamp.</param>
/// <param name="end">When it ends; a monotonic timestamp.</param>
internal sealed class Lease(SecretHash secretHash, ValidationAnswer answer, long renewAt, long end)
{
    private int _isBeingRenewed;

    public ValidationAnswer Answer => answer;

    /// <summary>The size of the session's ticket, which is nearly all of what a lease keeps in memory.</summary>
    public int TicketBytes => answer.Session?.Ticket.Length ?? 0;

    public bool Covers(in SecretHash presented, long now) => !HasEnded(now) && IsFor(presented);

    public bool IsFor(in SecretHash presented) => secretHash.FixedTimeEquals(presented);

    public bool HasEnded(long now) => now >= end;

    /// <summary>How long the lease lasts in all, in ticks of the monotonic clock. A renewal is due in its last fifth.</summary>
    public long Length => 5 * (end - renewAt);

    /// <summary>How long the lease needs no renewal.</summary>
    public long RestUntilRenewal(long now) => renewAt - now;

    /// <summary>Whether it is time to renew; true for the first to ask, who then sees to it.</summary>
    public bool TakeRenewal(long now) => now >= renewAt && Interlocked.Exchange(ref _isBeingRenewed, 1) == 0;
}
