namespace OrleansSessions;

/// <summary>The bounds that no setting exceeds.</summary>
public static class SessionDataLimits
{
    /// <summary>How many bytes the entries of one browser may take together, sealed.</summary>
    /// <remarks>Each commit writes them all: Redis and the grain's turn are for short work.</remarks>
    public const int MaxTotalBytes = 4 * 1024 * 1024;

    /// <summary>How many sets of data may be bound to one session: a browser that is started again begins another one.</summary>
    internal const int MaxPerSession = 16;
}
