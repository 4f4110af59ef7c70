using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;

namespace OrleansSessions.AspNetCore;

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
        if (builder.Services.All(static service => service.ServiceType != typeof(SessionSchemes)))
        {
            AddServices(builder.Services);
        }

        builder.Services.AddOptions<SessionSchemeNames>().Configure(schemes => schemes.Names.Add(scheme)).ValidateOnStart();
        builder.AddScheme<SessionAuthenticationOptions, SessionAuthenticationHandler>(scheme, displayName, configure);
        builder.Services.AddOptions<SessionAuthenticationOptions>(scheme).ValidateOnStart();
        return builder;
    }

    private static void AddServices(IServiceCollection services)
    {
        services.AddSettings<SessionClientOptions>(SessionClientOptions.Section);
        services.AddSingleton<IValidateOptions<SessionClientOptions>, ValidateHosting>();

        // Ahead of Orleans' own, which would tell of a silo without sessions as of grains that cannot be made.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigurationValidator, ValidateHosting>());
        services.AddSingleton<IPostConfigureOptions<SessionClientOptions>, DirectReadsNeedRedis>();
        services.AddProblemDetails();
        services.TryAddSingleton(TimeProvider.System);

        // What needs the cluster's client is made by functions: of a missing one, ValidateHosting tells in one line, and a
        // container that tries all constructors in many.
        services.TryAddSingleton(NewClusterCaller);
        services.TryAddSingleton<ClaimsRenewer>();
        services.AddMetrics();
        services.TryAddSingleton<ValidationMetrics>();
        services.TryAddSingleton<ClusterPresence>();
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<DirectReads>(provider));
        services.TryAddSingleton<StoreTime>();
        services.AddHostedService(static provider => provider.GetRequiredService<StoreTime>());
        services.TryAddSingleton<StrictReads>();
        services.TryAddSingleton<IStoreConnection, StoreConnection>();
        services.TryAddSingleton<SessionValidation>();
        services.TryAddSingleton<SessionEvents>();
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<LeaseCache>(provider));
        services.TryAddSingleton<SessionCookieReader>();
        services.TryAddSingleton<SessionSchemes>();
        services.TryAddSingleton<SessionStarter>();
        services.TryAddSingleton<SignInEvents>();
        services.TryAddSingleton<IBrowserSessions, BrowserSessions>();
        services.TryAddSingleton<ISessionWatcher, SessionWatcher>();
        services.TryAddSingleton<ISessionAdministration, SessionAdministration>();
        services.AddHttpContextAccessor();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, RecentSignInHandler>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<SessionAuthenticationOptions>, PostConfigureSessionAuthenticationOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SessionSchemeNames>, ValidateSessionSchemes>());
    }

    /// <summary>An application that has a silo or a client of its own has no connection to wait for.</summary>
    private static ClusterCaller NewClusterCaller(IServiceProvider services) => new(
        services.GetRequiredService<IClusterClient>(),
        services.GetRequiredService<IOptions<SessionClientOptions>>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<ClusterCaller>>(),
        services.GetService<IClusterAccess>()?.Established ?? Task.CompletedTask);
}
