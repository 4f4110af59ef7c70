using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>How the authentication handler meets the browser.</summary>
public sealed class SessionAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The cookie's name; it must start with <c>__Host-</c>. Default <c>__Host-session</c>.</summary>
    public string CookieName { get; set; } = SessionDefaults.CookieName;

    /// <summary>Where a browser that must sign in is sent; API endpoints answer 401 instead. Default <c>/sign-in</c>.</summary>
    public PathString SignInPath { get; set; } = "/sign-in";

    /// <summary>Where a browser is sent whose user must prove again who they are. Default <c>/reauthenticate</c>.</summary>
    public PathString ReauthenticatePath { get; set; } = "/reauthenticate";

    /// <summary>The query parameter that carries the way back. Default <c>returnUrl</c>.</summary>
    public string ReturnUrlParameter { get; set; } = "returnUrl";

    /// <summary>Says which user a principal is. Default: its <see cref="ClaimTypes.NameIdentifier"/> claim, or else its <c>sub</c> claim.</summary>
    /// <remarks>
    /// The result alone identifies the user: all principals that have it share one list of sessions, and can end each other's.
    /// An application with several identity providers must tell them apart here, by issuer and <c>sub</c> together, say.
    /// Do not change the result for users who are signed in.
    /// </remarks>
    public Func<ClaimsPrincipal, string> SubjectOf { get; set; } = NameIdentifierOrSub;

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!CookieName.StartsWith("__Host-", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"{nameof(CookieName)} is '{CookieName}': begin it with '__Host-', without which a sub-domain could plant a session cookie.");
        }
    }

    private static string NameIdentifierOrSub(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? principal.FindFirstValue("sub")
        ?? throw new ArgumentException("The principal has no subject: give it a NameIdentifier or 'sub' claim.", nameof(principal));
}
