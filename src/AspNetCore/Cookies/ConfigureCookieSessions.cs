using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Configures the sessions of a scheme whose name is known once the schemes are.</summary>
internal sealed class ConfigureCookieSessions(
    IOptions<AuthenticationOptions> authentication, Func<string?> scheme, Action<CookieSessionsOptions> configure)
    : IConfigureNamedOptions<CookieSessionsOptions>
{
    public void Configure(CookieSessionsOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieSessionsOptions options)
    {
        _ = authentication.Value;
        if (name == scheme())
        {
            configure(options);
        }
    }
}
