using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>What a browser's session is started with.</summary>
/// <param name="Principal">The user; by default its <see cref="ClaimTypes.NameIdentifier"/> or <c>sub</c> claim becomes the subject, and alone
/// identifies the user (<see cref="SessionAuthenticationOptions.SubjectOf"/>).</param>
/// <param name="RememberMe">Whether the session outlives the browser, with the timeouts for that.</param>
/// <param name="SecurityStamp">The account's stamp when the credentials were checked, or null.</param>
public sealed record BrowserSignIn(ClaimsPrincipal Principal, bool RememberMe = false, string? SecurityStamp = null)
{
    /// <summary>The authentication scheme whose cookie the browser gets; null for the application's default.</summary>
    public string? Scheme { get; init; }

    /// <summary>What <c>AuthenticateAsync</c> gives back with each request: items, tokens, an earlier end of the session.</summary>
    /// <remarks>
    /// A sign-in notes <see cref="AuthenticationProperties.IssuedUtc"/> and <see cref="AuthenticationProperties.ExpiresUtc"/> in it.
    /// <see cref="AuthenticationProperties.ExpiresUtc"/> ends the session no later than then, by the cluster's clock; the cluster's
    /// own timeouts may end it earlier.
    /// </remarks>
    public AuthenticationProperties? Properties { get; init; }
}
