using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

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
