namespace OrleansSessions.Grains;

/// <summary>What happens to a sign-in past the limit of a user's sessions.</summary>
public enum LimitPolicy
{
    /// <summary>The user's oldest session ends, and the new one is admitted.</summary>
    EvictOldest = 0,

    /// <summary>The new one is refused.</summary>
    Reject = 1,
}
