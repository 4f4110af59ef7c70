using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes sessions of what cookie authentication signs in.</summary>
public static class CookieSessionsBuilderExtensions
{
    /// <summary>
    /// Keeps the sign-ins of the cookie scheme that was added last: <c>AddCookie(…).UseOrleansSessions()</c>. Everything else of the scheme
    /// stays as it is: its options, events, paths and cookie.
    /// </summary>
    public static AuthenticationBuilder UseOrleansSessions(this AuthenticationBuilder builder, Action<CookieSessionsOptions>? configure = null)
    {
        AddServices(builder.Services);

        // These run in the order of registration: so far, the schemes are those that were added before.
        string? taken = null;
        builder.Services.Configure<AuthenticationOptions>(options =>
        {
            var last = options.Schemes.LastOrDefault(static scheme => scheme.HandlerType == typeof(CookieAuthenticationHandler))
                ?? throw new InvalidOperationException("UseOrleansSessions finds no cookie scheme: call it right after AddCookie(…).");
            taken = Take(last);
        });
        if (configure is not null)
        {
            builder.Services.AddSingleton<IConfigureOptions<CookieSessionsOptions>>(services =>
                new ConfigureCookieSessions(services.GetRequiredService<IOptions<AuthenticationOptions>>(), () => taken, configure));
        }

        return builder;
    }

    /// <summary>Keeps the sign-ins of the cookie scheme of that name.</summary>
    public static AuthenticationBuilder UseOrleansSessions(
        this AuthenticationBuilder builder, string scheme, Action<CookieSessionsOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        AddServices(builder.Services);
        builder.Services.PostConfigure<AuthenticationOptions>(options => Take(
            options.SchemeMap.TryGetValue(scheme, out var added) && added.HandlerType?.IsAssignableFrom(typeof(CookieSessionHandler)) is true
                ? added
                : throw new InvalidOperationException($"OrleansSessions finds no cookie scheme '{scheme}': add it by AddCookie(\"{scheme}\").")));
        builder.Services.AddOptions<CookieSessionsOptions>(scheme).Configure(configure ?? (static _ => { }));
        return builder;
    }

    private static string Take(AuthenticationSchemeBuilder scheme)
    {
        scheme.HandlerType = typeof(CookieSessionHandler);
        return scheme.Name;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddSessionServices();
        services.TryAddSingleton<CookieSessions>();
        services.TryAddSingleton<CarriedCookies>();
        services.TryAddTransient<CookieSessionHandler>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, PostConfigureCookieSessions>());
    }
}
