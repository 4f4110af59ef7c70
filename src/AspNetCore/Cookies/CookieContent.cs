using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>What the protected cookie of a session holds: its token, and until when this cookie is good.</summary>
/// <remarks>
/// The times stand in the cookie, so that a sliding renewal is a new cookie and no write of the session. They come on top of the
/// cluster's timeouts, which no cookie moves.
/// </remarks>
internal static class CookieContent
{
    /// <summary>Sets these cookies apart from those without a session, also where both were protected by the same keys.</summary>
    public const string Purpose = "OrleansSessions";

    private const string TokenClaim = "OrleansSessions.Token";

    public static AuthenticationTicket Of(SessionToken token, AuthenticationProperties properties, string scheme) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(TokenClaim, token.ToCookieValue())])),
        new AuthenticationProperties { IssuedUtc = properties.IssuedUtc, ExpiresUtc = properties.ExpiresUtc },
        scheme);

    /// <summary>The token in a cookie; null where it has none.</summary>
    public static SessionToken? TokenIn(AuthenticationTicket cookie) =>
        cookie.Principal.FindFirst(TokenClaim) is { } claim && SessionToken.TryParse(claim.Value, out var token) ? token : null;
}
