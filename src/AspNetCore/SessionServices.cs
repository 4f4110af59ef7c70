using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Redis;

namespace OrleansSessions.AspNetCore;

/// <summary>What every kind of scheme needs.</summary>
internal static class SessionServices
{
    /// <summary>Adds the services once, whichever scheme comes first.</summary>
    public static void AddSessionServices(this IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(SessionSchemes)))
        {
            return;
        }

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
        services.TryAddSingleton<PresentClaims>();
        services.TryAddSingleton<ClaimsRenewer>();
        services.TryAddSingleton<TicketReplacement>();
        services.AddMetrics();
        services.TryAddSingleton<ValidationMetrics>();
        services.TryAddSingleton<ClusterPresence>();
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<DirectReads>(provider));
        services.TryAddSingleton<StoreTime>();
        services.AddHostedService(static provider => provider.GetRequiredService<StoreTime>());
        services.TryAddSingleton<StrictReads>();
        services.TryAddSingleton<UseNotes>();
        services.TryAddSingleton<IStoreConnection, StoreConnection>();
        services.TryAddSingleton<SessionValidation>();
        services.TryAddSingleton<SessionEvents>();
        services.TryAddSingleton(static provider => ActivatorUtilities.CreateInstance<LeaseCache>(provider));
        services.TryAddSingleton<SessionCookieReader>();
        services.TryAddSingleton<SessionSchemes>();
        services.TryAddSingleton<CookieSessionSchemes>();
        services.TryAddSingleton<SessionSubjects>();
        services.TryAddSingleton<SessionStarter>();
        services.TryAddSingleton<SessionEnder>();
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
