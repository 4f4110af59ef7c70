using System.Collections.Immutable;

namespace OrleansSessions.History;

/// <summary>What a checker must know of the system that a history comes from.</summary>
public sealed record HistorySettings
{
    /// <summary>After a denial, how long leases granted elsewhere may go on while the revocation has not returned; 32 s by default.</summary>
    /// <remarks>An ownership window and its tolerance together. It excuses nothing once a revocation has returned.</remarks>
    public TimeSpan RevocationBound { get; init; } = TimeSpan.FromSeconds(32);

    /// <summary>How long a user's sessions must have been left alone before the list must be right; 5 s by default.</summary>
    public TimeSpan Quiescence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The sessions' absolute timeout; null where the run is too short for it.</summary>
    public TimeSpan? AbsoluteTimeout { get; init; }

    /// <summary>The sessions' idle timeout; null where the run is too short for it.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>By how much expiry may come early or late; 2 s by default.</summary>
    public TimeSpan ExpiryTolerance { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether a sign-in may end the same user's older sessions, by the limit policy.</summary>
    public bool SignInsEvict { get; init; }

    /// <summary>Whether presenting a replaced secret may end its session within the run.</summary>
    public bool ReuseRevokes { get; init; }

    /// <summary>The statuses that say "cannot know now"; 503 alone by default.</summary>
    public ImmutableHashSet<int> UnavailableStatuses { get; init; } = [503];
}
