using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Signs the browser behind a request in and out, with outcomes where <c>HttpContext.SignInAsync</c> has none.</summary>
public interface IBrowserSessions
{
    /// <summary>Starts a session for a user whose identity is proven, and hands the browser its cookie.</summary>
    /// <remarks>The session is always a new one; the one that the request presented ends (ASVS 7.2.4).</remarks>
    /// <exception cref="SessionsUnavailableException">It is not known whether a session started; the browser has no cookie of it.</exception>
    Task<SignInResult> SignInAsync(HttpContext context, BrowserSignIn signIn, CancellationToken cancellationToken = default);

    /// <summary>Ends the session that the request presented, everywhere, and then takes the cookie back.</summary>
    /// <returns>Whether this call ended a session.</returns>
    /// <exception cref="SessionsUnavailableException">The session may still be active; the cookie is left.</exception>
    Task<bool> SignOutAsync(HttpContext context, CancellationToken cancellationToken = default);
}

/// <summary>What a browser's session is started with.</summary>
/// <param name="Principal">The user; needs a <see cref="ClaimTypes.NameIdentifier"/> or <c>sub</c> claim, which becomes the subject.</param>
/// <param name="RememberMe">Whether the session outlives the browser, with the timeouts for that.</param>
/// <param name="SecurityStamp">The account's stamp when the credentials were checked, or null.</param>
public sealed record BrowserSignIn(ClaimsPrincipal Principal, bool RememberMe = false, string? SecurityStamp = null);
