using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Gives each scheme a cookie of its own name, where the application chose none.</summary>
internal sealed class PostConfigureSessionAuthenticationOptions : IPostConfigureOptions<SessionAuthenticationOptions>
{
    public void PostConfigure(string? name, SessionAuthenticationOptions options)
    {
        if (string.IsNullOrEmpty(options.CookieName))
        {
            options.CookieName = name is null or SessionDefaults.AuthenticationScheme
                ? SessionDefaults.CookieName
                : $"{SessionDefaults.CookieName}-{Uri.EscapeDataString(name)}";
        }
    }
}
