using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Where a browser goes after a sign-in or a sign-out.</summary>
internal static class ReturnTarget
{
    /// <summary>Where the application said, or else where the query says on the scheme's own page; null for nowhere.</summary>
    public static string? Of(HttpRequest request, AuthenticationProperties properties, CookieAuthenticationOptions options, bool isOwnPage)
    {
        if (!string.IsNullOrEmpty(properties.RedirectUri))
        {
            return properties.RedirectUri;
        }

        // What comes from the query may be anyone's wish: it stays within the application.
        var wish = isOwnPage ? request.Query[options.ReturnUrlParameter].ToString() : "";
        return LocalPath.Is(wish) ? wish : null;
    }
}
