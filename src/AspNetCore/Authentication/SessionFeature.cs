using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
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

/// <summary>Access to the session of a request.</summary>
public static class SessionHttpContextExtensions
{
    private static readonly SessionFeature Anonymous = new();

    /// <summary>What is known of the request's session, once it has been authenticated.</summary>
    public static SessionFeature SessionFeature(this HttpContext context) => context.Features.Get<SessionFeature>() ?? Anonymous;

    /// <summary>The request's session, where it is signed in.</summary>
    public static bool TryGetSession(this HttpContext context, [NotNullWhen(true)] out SessionInfo? session) =>
        (session = context.SessionFeature().Session) is not null;
}
