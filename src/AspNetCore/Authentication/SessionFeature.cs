namespace OrleansSessions.AspNetCore;

/// <summary>What is known of the session of the request at hand.</summary>
public sealed class SessionFeature
{
    /// <summary>The authentication scheme whose cookie presented the session; null for an anonymous request.</summary>
    public string? Scheme { get; internal init; }

    /// <summary>The session that the request presented; null for an anonymous request, or where the cluster does not answer.</summary>
    public SessionInfo? Session { get; internal init; }

    /// <summary>What the presented session is; null where none was presented, or where the cluster does not answer.</summary>
    public SessionStatus? Status { get; internal init; }

    /// <summary>
    /// Why the presented session ended, where it has; <see cref="RevocationReason.SecretReplaced"/> where the session goes on, and
    /// this browser has not received the secret that replaced the presented one.
    /// </summary>
    public RevocationReason EndedBy { get; internal init; }

    /// <summary>Why the presented session ended, in the application's own words; null for none.</summary>
    public string? ReasonText { get; internal init; }

    /// <summary>How long ago the user last proved who they are; null where there is no session.</summary>
    /// <remarks>Measured without this machine's wall clock, which may differ from the clock of the cluster.</remarks>
    public TimeSpan? AuthenticationAge =>
        Session is { } session && Time is { } time ? session.AuthenticationAge + time.GetElapsedTime(AskedAt) : null;

    /// <summary>Whether a session was presented about which the cluster does not answer.</summary>
    public bool IsUnknown { get; internal init; }

    /// <summary>The token that presented the session in a cookie of ASP.NET Core's own form; null for a cookie of this library's.</summary>
    internal SessionToken? Token { get; init; }

    /// <summary>The monotonic clock that <see cref="AskedAt"/> was read from.</summary>
    internal TimeProvider? Time { get; init; }

    /// <summary>A timestamp from before the session was asked for, so that no proof seems younger than it is.</summary>
    internal long AskedAt { get; init; }

    /// <summary>What was known before: under other schemes, or of this one's earlier secret.</summary>
    internal SessionFeature? Earlier { get; init; }

    /// <summary>The latest of this and of all earlier ones that is of a scheme; null for none.</summary>
    internal SessionFeature? Of(string scheme)
    {
        var feature = this;
        while (feature is not null && feature.Scheme != scheme)
        {
            feature = feature.Earlier;
        }

        return feature;
    }
}
