using System.Collections.Immutable;

namespace OrleansSessions.Grains;

/// <summary>Which sessions make room for a new one: a pure rule.</summary>
internal static class SessionLimit
{
    /// <summary>The sessions that must end before one more is admitted, in the order in which they should.</summary>
    /// <remarks>
    /// First the sessions that no browser can hold any more, then those that were never used, then the oldest: a sign-in whose
    /// answer was lost takes nobody's place.
    /// </remarks>
    /// <param name="live">The live sessions, oldest first.</param>
    /// <param name="replaced">The session that the browser presented; null for none.</param>
    /// <param name="limit">How many live sessions there may be.</param>
    public static ImmutableArray<LiveSession> MakeRoom(IReadOnlyCollection<LiveSession> live, string? replaced, int limit)
    {
        var excess = live.Count + 1 - limit;
        return excess <= 0 ? [] : [.. live.OrderBy(session => Rank(session, replaced)).Take(excess)];
    }

    /// <summary>Whether a browser may hold the session: if not, its end is not felt by anybody.</summary>
    public static bool IsHeld(LiveSession session, string? replaced) => Rank(session, replaced) >= Held;

    private const int Held = 2;

    private static int Rank(LiveSession session, string? replaced) =>
        replaced is not null && session.SessionId == replaced ? 0
        : replaced is not null && session.Replaces == replaced && !session.IsUsed ? 1
        : session.IsUsed ? 3 : Held;
}
