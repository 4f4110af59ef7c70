using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;
using OrleansSessions.Grains;

namespace OrleansSessions.Server;

/// <summary>Sessions without Redis: for development, and for an application's own tests.</summary>
internal static class MemoryBuilderExtensions
{
    private static readonly string[] Storages = [StorageNames.Sessions, StorageNames.UserSessions, StorageNames.Lasting];

    /// <summary>Adds the storages and ownership windows that the grains ask for.</summary>
    public static ISiloBuilder AddMemoryStore(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<StoreInMemory>();
        silo.Services.AddSingleton<MemoryStorage>();
        silo.Services.AddSingleton<IOwnershipWindows, MemoryWindows>();
        foreach (var name in Storages)
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(name, static (services, _) => services.GetRequiredService<MemoryStorage>());
        }

        silo.Services.AddHostedService<MemoryNotice>();
        return silo;
    }

    /// <summary>Makes the silo a cluster of one. It listens nowhere, so any number of them can run on one machine.</summary>
    public static ISiloBuilder AddLoneMembership(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(gatewayPort: 0).NameCluster();
        foreach (var transport in silo.Services.Where(static service => service.ServiceType == typeof(IConnectionListenerFactory) && service.IsKeyedService).ToArray())
        {
            silo.Services.Replace(ServiceDescriptor.KeyedSingleton<IConnectionListenerFactory, NoConnections>(transport.ServiceKey));
        }

        return silo;
    }
}
