using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>Adds the grains' needs to a silo.</summary>
internal static class SessionGrainsExtensions
{
    private static readonly TimeSpan LongestQuantum = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds options (sections <see cref="LoginSessionOptions.Section"/> and <see cref="LeaseOptions.Section"/>, validated at start)
    /// and services. The silo provides the storages <see cref="StorageNames.Sessions"/> and
    /// <see cref="StorageNames.UserSessions"/>, and may provide <see cref="ISessionStorages"/>; without
    /// <see cref="IOwnershipWindows"/> no lease is granted.
    /// </summary>
    public static ISiloBuilder AddSessionGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<LoginSessionOptions>(LoginSessionOptions.Section);
        silo.Services.AddSettings<LeaseOptions>(LeaseOptions.Section);
        silo.Services.AddMetrics();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddKeyedSingleton(StorageNames.Clock, static (services, _) => services.GetRequiredService<TimeProvider>());
        silo.Services.TryAddSingleton<ISessionStorages, SingleStorage>();
        silo.Services.TryAddKeyedSingleton(
            StorageNames.UserSessionsInPlace, static (services, _) => services.GetRequiredKeyedService<IGrainStorage>(StorageNames.UserSessions));
        silo.Services.TryAddSingleton<IOwnershipWindows, NoOwnershipWindows>();
        silo.Services.TryAddSingleton<IUseNotes, NoUseNotes>();
        silo.Services.TryAddSingleton<IStoreHealth, UnwatchedStore>();
        silo.Services.TryAddSingleton<SessionMetrics>();
        silo.Services.PostConfigure<GrainCollectionOptions>(static collection =>
        {
            // The grains of lone visits live for half a minute, and Orleans collects none that is younger than its quantum.
            collection.CollectionQuantum = collection.CollectionQuantum < LongestQuantum ? collection.CollectionQuantum : LongestQuantum;
        });
        return silo;
    }
}
