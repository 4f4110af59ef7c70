namespace OrleansSessions.Grains;

/// <summary>When a session ends by itself: a pure rule of times.</summary>
/// <remarks>Either timeout ends a session, and activity moves only the idle one (NIST SP 800-63B-4, section 5.2).</remarks>
internal static class SessionExpiry
{
    /// <summary>Why a session has ended by <paramref name="now"/>, or <see cref="RevocationReason.None"/> if it has not.</summary>
    public static RevocationReason Evaluate(DateTimeOffset now, DateTimeOffset lastSeenAt, DateTimeOffset expiresAt, TimeSpan? idleTimeout)
    {
        if (now >= expiresAt)
        {
            return RevocationReason.AbsoluteTimeout;
        }

        return idleTimeout is { } idle && now - lastSeenAt >= idle ? RevocationReason.IdleTimeout : RevocationReason.None;
    }

    /// <summary>The absolute end of a session that starts now: by its timeout, or earlier where its sign-in asks for that.</summary>
    public static DateTimeOffset AbsoluteEnd(DateTimeOffset now, TimeSpan absoluteTimeout, DateTimeOffset? asked)
    {
        var latest = now + absoluteTimeout;
        return asked is not { } end || end >= latest ? latest
            : end > now ? end.ToUniversalTime()
            : now;
    }

    /// <summary>The moment at which a session that is not used again ends.</summary>
    public static DateTimeOffset EndsAt(DateTimeOffset lastSeenAt, DateTimeOffset expiresAt, TimeSpan? idleTimeout) =>
        idleTimeout is { } idle && idle < expiresAt - lastSeenAt ? lastSeenAt + idle : expiresAt;
}
