using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Signs the browser behind a request in and out, with outcomes where <c>HttpContext.SignInAsync</c> has none.</summary>
public interface IBrowserSessions
{
    /// <summary>Starts a session for a user whose identity is proven, and hands the browser its cookie.</summary>
    /// <remarks>
    /// The session is always a new one; the session that the request presented ends (ASVS 7.2.4). Mostly it has ended when this
    /// returns. Where that takes longer than a second, because a server has died, it ends in the background.
    /// </remarks>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer. A session that may have started is taken back.</exception>
    /// <exception cref="OperationCanceledException">The browser did not wait. A session that may have started is taken back.</exception>
    Task<SessionSignInResult> SignInAsync(HttpContext context, BrowserSignIn signIn, CancellationToken cancellationToken = default);

    /// <summary>
    /// Notes that the user of the request's session has proved again who they are: replaces the secret, renews the
    /// authentication time, and hands the browser the new cookie. The old secret is dead everywhere when this returns.
    /// Once begun it is carried through, whether the client waits for it or not.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="principal">The user, with the subject that the session has; null to keep the claims.</param>
    /// <param name="scheme">The session's authentication scheme; null for that of the request's user, or else the default.</param>
    /// <returns>What the presented session was: active where the secret was replaced.</returns>
    /// <exception cref="ArgumentException">The principal is another user (GHSA-2865-hh9g-w894).</exception>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer: either secret may be the session's. The cookie is left.</exception>
    Task<SessionStatus> ReauthenticateAsync(HttpContext context, ClaimsPrincipal? principal = null, string? scheme = null);

    /// <summary>
    /// Ends the session that the request presented, everywhere, and then takes the cookie back. Once begun it is carried
    /// through, whether the client waits for it or not.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="scheme">The session's authentication scheme; null for that of the request's user, or else the default.</param>
    /// <returns>Whether this call ended a session.</returns>
    /// <exception cref="SessionsUnavailableException">The session may still be active; the cookie is left.</exception>
    Task<bool> SignOutAsync(HttpContext context, string? scheme = null);
}
