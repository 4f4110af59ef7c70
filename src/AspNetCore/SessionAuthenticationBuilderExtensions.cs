using Microsoft.AspNetCore.Authentication;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sessions to an application's authentication.</summary>
public static class SessionAuthenticationBuilderExtensions
{
    /// <summary>
    /// Authenticates requests by OrleansSessions. Needs a way to the grains: <c>AddOrleansSessionsServer</c>,
    /// <c>AddOrleansSessionsClient</c>, or <c>AddOrleansSessions</c> on the <c>ISiloBuilder</c> of an own silo. Needs no keys: the
    /// cookie's secret seals the claims.
    /// </summary>
    public static AuthenticationBuilder AddOrleansSessions(
        this AuthenticationBuilder builder, Action<SessionAuthenticationOptions>? configure = null) =>
        builder.AddOrleansSessions(SessionDefaults.AuthenticationScheme, configure);

    /// <summary>Adds sessions under a scheme of its own name, which has its own cookie and options of that name.</summary>
    public static AuthenticationBuilder AddOrleansSessions(
        this AuthenticationBuilder builder, string scheme, Action<SessionAuthenticationOptions>? configure = null) =>
        builder.AddOrleansSessions(scheme, displayName: null, configure);

    /// <summary>Adds sessions under a scheme that has a name to show as well.</summary>
    public static AuthenticationBuilder AddOrleansSessions(
        this AuthenticationBuilder builder, string scheme, string? displayName, Action<SessionAuthenticationOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        builder.Services.AddSessionServices();
        builder.Services.AddOptions<SessionSchemeNames>().Configure(schemes => schemes.Names.Add(scheme)).ValidateOnStart();
        builder.AddScheme<SessionAuthenticationOptions, SessionAuthenticationHandler>(scheme, displayName, configure);
        builder.Services.AddOptions<SessionAuthenticationOptions>(scheme).ValidateOnStart();
        return builder;
    }
}
