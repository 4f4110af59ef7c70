using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Reads the token that a request presented, under the name that the application chose.</summary>
internal sealed class SessionCookieReader(IOptionsMonitor<SessionAuthenticationOptions> options)
{
    public string CookieName => options.Get(SessionDefaults.AuthenticationScheme).CookieName;

    public bool TryRead(HttpRequest request, out SessionToken token) =>
        SessionCookie.Read(request.Headers.Cookie, CookieName, out token) == SessionCookie.Reading.WellFormed;
}
