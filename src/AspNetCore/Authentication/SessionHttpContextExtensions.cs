using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Access to the session of a request.</summary>
public static class SessionHttpContextExtensions
{
    private static readonly SessionFeature Anonymous = new();

    /// <summary>What is known of the request's session, once it has been authenticated.</summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The scheme; null for that of the request's user, or for the latest that was authenticated.</param>
    public static SessionFeature SessionFeature(this HttpContext context, string? scheme = null)
    {
        if (context.Features.Get<SessionFeature>() is not { } latest)
        {
            return Anonymous;
        }

        return scheme is not null ? latest.Of(scheme) ?? Anonymous
            : latest.Earlier is null ? latest
            : context.SessionsOfUser(latest).FirstOrDefault(latest);
    }

    /// <summary>The request's session, where it is signed in.</summary>
    public static bool TryGetSession(this HttpContext context, [NotNullWhen(true)] out SessionInfo? session) =>
        (session = context.SessionFeature().Session) is not null;

    /// <summary>The request's session under a scheme, where it is signed in.</summary>
    public static bool TryGetSession(this HttpContext context, string scheme, [NotNullWhen(true)] out SessionInfo? session) =>
        (session = context.SessionFeature(scheme).Session) is not null;

    /// <summary>How long ago the user of the request last proved who they are; the longest, where several sessions make up the user.</summary>
    internal static TimeSpan? AuthenticationAge(this HttpContext context, string? scheme) =>
        scheme is null && context.Features.Get<SessionFeature>() is { Earlier: not null } latest && context.SessionsOfUser(latest).ToArray() is { Length: > 1 } several
            ? several.Max(static each => each.AuthenticationAge)
            : context.SessionFeature(scheme).AuthenticationAge;

    // A policy with several schemes joins their names in the ticket of its user.
    private static IEnumerable<SessionFeature> SessionsOfUser(this HttpContext context, SessionFeature latest) =>
        (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme ?? "")
            .Split(';').Select(latest.Of).OfType<SessionFeature>();
}
