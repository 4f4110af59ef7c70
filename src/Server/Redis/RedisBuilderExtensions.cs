using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Persistence;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using OrleansSessions.Grains;
using OrleansSessions.Redis;

namespace OrleansSessions.Server;

/// <summary>What a silo keeps in Redis.</summary>
internal static class RedisBuilderExtensions
{
    /// <summary>Adds the connections, the checks before the start, and the watch over the store.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ClusterSettings>, ValidateStoreAddress>();
        services.AddSingleton<RedisConnections>();
        services.AddSingleton<IStoreConnection>(static provider => provider.GetRequiredService<RedisConnections>());
        services.AddSingleton<StrictReads>();
        services.AddSingleton<ReplicaWait>();
        services.AddSingleton<StoreClock>();
        services.AddKeyedSingleton<TimeProvider>(StorageNames.Clock, static (provider, _) => provider.GetRequiredService<StoreClock>());
        services.AddSingleton<StoreIdentity>();
        services.AddSingleton<StorePolicy>();
        services.AddSingleton<StoreRights>();
        services.AddSingleton<StoreWatchdog>();
        services.AddSingleton<IStoreHealth>(static provider => provider.GetRequiredService<StoreWatchdog>());
        services.AddSingleton<IOwnershipWindows, RedisOwnershipWindows>();

        // In this order: what the gate finds wrong keeps the silo from joining.
        services.AddHostedService<StartGate>();
        services.AddHostedService(static provider => provider.GetRequiredService<StoreWatchdog>());
        return services;
    }

    /// <summary>Adds the three stores that the grains ask for by name.</summary>
    public static ISiloBuilder AddStorage(this ISiloBuilder silo)
    {
        // Both log each failure as an error with its stack trace: the provider, and what Orleans puts before a storage, in the
        // storage's name. StoreFailures logs it as well.
        silo.Services.Configure<LoggerFilterOptions>(static filter => filter
            .AddFilter(typeof(RedisGrainStorage).FullName, LogLevel.None)
            .AddFilter(typeof(StrictStorage).FullName, LogLevel.None));

        // Fixed schema: the default one would take the names of .NET types from the data (CVE-2020-9484 and its kin).
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.Services.AddSingleton<StoreFailures>();
        return silo.AddStore(StorageNames.Sessions, static settings => settings.StoreRetention)
            .AddStore(StorageNames.UserSessions, static settings => settings.StoreRetention)
            .AddStore(StorageNames.Accounts, static _ => null)
            .AddSessionStorages();
    }

    private static ISiloBuilder AddSessionStorages(this ISiloBuilder silo)
    {
        foreach (var step in SessionStorages.Steps)
        {
            silo.AddStore(SessionStorages.NameOf(step), _ => step);
        }

        silo.Services.AddSingleton<ISessionStorages, SessionStorages>();
        return silo;
    }

    private static ISiloBuilder AddStore(this ISiloBuilder silo, string name, Func<SiloSettings, TimeSpan?> timeToLive)
    {
        silo.AddRedisGrainStorage(name, options =>
            options.Configure<RedisConnections, IOptions<ClusterSettings>, IOptions<SiloSettings>>((storage, redis, cluster, settings) =>
            {
                var serviceId = cluster.Value.ServiceId;
                storage.ConfigurationOptions = redis.Configuration;
                storage.CreateMultiplexer = async _ => (await redis.ForStorageAsync(), IsShared: true);
                storage.GetStorageKey = (_, grain) => StoreKeys.Record(serviceId, grain);
                storage.DeleteStateOnClear = true;
                storage.EntryExpiry = timeToLive(settings.Value);
            }));

        // The later registration of a name is the one that is found.
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, static (services, key) => CreateStorage(services, (string)key!));
        return silo;
    }

    private static StrictStorage CreateStorage(IServiceProvider services, string name) => new(
        RedisGrainStorageFactory.Create(services, name),
        services.GetRequiredService<StrictReads>(),
        services.GetRequiredService<ReplicaWait>(),
        services.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(name).GrainStorageSerializer,
        services.GetRequiredService<IActivatorProvider>(),
        services.GetRequiredService<StoreFailures>(),
        services.GetRequiredService<IOptions<ClusterSettings>>().Value.ServiceId);
}
