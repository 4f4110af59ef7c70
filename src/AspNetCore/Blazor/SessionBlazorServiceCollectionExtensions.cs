using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds sessions to the circuits of Blazor Server.</summary>
public static class SessionBlazorServiceCollectionExtensions
{
    /// <summary>
    /// Signs a circuit out when its session ends, and shows it the claims that were changed. Call it after
    /// <c>AddInteractiveServerComponents</c>.
    /// </summary>
    public static IServiceCollection AddOrleansSessionsBlazor(this IServiceCollection services)
    {
        services.TryAddSingleton<CircuitRequests>();
        services.AddSingleton<CircuitRequestFilter>();
        services.Configure<HubOptions>(static options => options.AddFilter<CircuitRequestFilter>());
        services.AddCascadingAuthenticationState();
        services.TryAddSingleton<WatchedClaims>();
        services.Replace(ServiceDescriptor.Scoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>());
        return services;
    }
}
