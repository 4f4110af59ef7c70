using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>What is known of the session of the request at hand.</summary>
public sealed class SessionFeature
{
    /// <summary>The session that the request presented; null for an anonymous request, or where it cannot be known.</summary>
    public SessionInfo? Session { get; internal init; }

    /// <summary>What the presented session is; null where none was presented, or where it cannot be known.</summary>
    public SessionStatus? Status { get; internal init; }

    /// <summary>Why the presented session ended, where it has.</summary>
    public RevocationReason EndedBy { get; internal init; }

    /// <summary>Whether a session was presented of which nothing can be known now.</summary>
    public bool IsUnknown { get; internal init; }
}
