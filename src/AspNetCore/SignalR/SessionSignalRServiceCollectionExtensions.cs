using Microsoft.AspNetCore.SignalR;
using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the end of hub connections with their session.</summary>
public static class SessionSignalRServiceCollectionExtensions
{
    /// <summary>Aborts each connection to a hub when the session ends that it was opened under, or when its secret is replaced.</summary>
    /// <remarks>The stock hub keeps the user of a connection for as long as that lasts, whatever becomes of the session.</remarks>
    public static IServiceCollection AddOrleansSessionsSignalR(this IServiceCollection services)
    {
        services.AddSingleton<HubSessionFilter>();
        return services.Configure<HubOptions>(static options => options.AddFilter<HubSessionFilter>());
    }
}
