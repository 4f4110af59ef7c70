using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Gives the schemes that are kept their ticket store, for what else in the application uses it.</summary>
internal sealed class PostConfigureCookieSessions(CookieSessions sessions, CookieSessionSchemes schemes)
    : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (name is null || !schemes.Contains(name))
        {
            return;
        }

        options.SessionStore = options.SessionStore is null
            ? new SessionTicketStore(name, sessions)
            : throw new InvalidOperationException(
                $"The cookie scheme '{name}' has a {nameof(options.SessionStore)} of its own, and UseOrleansSessions: leave one of the two out.");
    }
}
