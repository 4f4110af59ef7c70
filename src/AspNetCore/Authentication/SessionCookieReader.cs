using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Reads the token that a request presented, under the name that the application chose for a scheme.</summary>
internal sealed class SessionCookieReader(IOptionsMonitor<SessionAuthenticationOptions> options)
{
    public bool TryRead(HttpRequest request, string scheme, out SessionToken token)
    {
        // Of a cookie that ASP.NET Core protects, only its own handler knows the content.
        if (request.HttpContext.SessionFeature(scheme).Token is { } presented)
        {
            token = presented;
            return true;
        }

        return SessionCookie.Read(request.Headers.Cookie, options.Get(scheme).CookieName, out token) == SessionCookie.Reading.WellFormed;
    }

    /// <summary>The token that a request presented; null where it presented none.</summary>
    public SessionToken? Read(HttpRequest request, string scheme) => TryRead(request, scheme, out var token) ? token : null;
}
