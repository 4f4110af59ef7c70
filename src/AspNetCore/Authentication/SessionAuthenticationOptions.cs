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

    /// <summary>Where a browser whose user must prove anew who they are is sent. Default <c>/reauthenticate</c>.</summary>
    public PathString ReauthenticatePath { get; set; } = "/reauthenticate";

    /// <summary>The query parameter that carries the way back. Default <c>returnUrl</c>.</summary>
    public string ReturnUrlParameter { get; set; } = "returnUrl";

    /// <inheritdoc/>
    public override void Validate()
    {
        if (!CookieName.StartsWith("__Host-", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"{nameof(CookieName)} is '{CookieName}': begin it with '__Host-', without which a sub-domain could plant a session cookie.");
        }
    }
}
