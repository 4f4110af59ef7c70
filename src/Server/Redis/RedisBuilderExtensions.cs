using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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
    /// <summary>Adds the storages and ownership windows that the grains ask for.</summary>
    public static ISiloBuilder AddRedisStore(this ISiloBuilder silo)
    {
        silo.Services.AddRedis();
        return silo.AddStorages();
    }

    /// <summary>Adds the connections, what is found out before the start, and the watch over the store.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ClusterSettings>, ValidateStoreAddress>();
        services.AddSingleton<RedisConnections>();
        services.AddSingleton<IStoreConnection>(static provider => provider.GetRequiredService<RedisConnections>());
        services.AddSingleton<StrictReads>();
        services.AddSingleton<StrictRecordReads>();
        services.AddSingleton<PlainRecordReads>();
        services.AddSingleton<ReplicaWait>();
        services.AddSingleton<StoreClock>();
        services.AddKeyedSingleton<TimeProvider>(StorageNames.Clock, static (provider, _) => provider.GetRequiredService<StoreClock>());
        services.AddSingleton<StoreIdentity>();
        services.AddSingleton<StorePolicy>();
        services.AddSingleton<StoreRights>();
        services.AddSingleton<StoreFitness>();
        services.AddSingleton<StoreWatchdog>();
        services.AddSingleton<IStoreHealth>(static provider => provider.GetRequiredService<StoreWatchdog>());
        services.AddSingleton<IOwnershipWindows, RedisOwnershipWindows>();
        services.AddSingleton<UseNotes>();
        services.AddSingleton<IUseNotes, RedisUseNotes>();
        services.AddHostedService(static provider => provider.GetRequiredService<StoreWatchdog>());
        return services;
    }

    private static ISiloBuilder AddStorages(this ISiloBuilder silo)
    {
        // What Orleans puts before a storage logs each failure in the storage's name, as an error with its stack trace.
        // StoreFailures logs it as well.
        silo.Services.Configure<LoggerFilterOptions>(static filter => filter.AddFilter(typeof(RecordStorage).FullName, LogLevel.None));
        silo.Services.AddSingleton<StoreFailures>();
        silo.AddStorage(StorageNames.Sessions, static settings => settings.StoreRetention)
            .AddStorage(StorageNames.UserSessions, static settings => settings.StoreRetention)
            .AddStorage(StorageNames.UserSessionsInPlace, static _ => null)
            .AddStorage(StorageNames.Lasting, static _ => null);
        foreach (var step in SessionStorages.Steps)
        {
            silo.AddStorage(SessionStorages.NameOf(step), _ => step);
        }

        silo.Services.AddSingleton<ISessionStorages, SessionStorages>();
        return silo;
    }

    private static ISiloBuilder AddStorage(this ISiloBuilder silo, string name, Func<SiloSettings, TimeSpan?> timeToLive)
    {
        silo.AddRedisGrainStorage(name, options =>
            options.Configure<RedisConnections, IOptions<ClusterSettings>, IOptions<SiloSettings>>((storage, redis, cluster, settings) =>
            {
                var serviceId = cluster.Value.ServiceId;
                storage.ConfigurationOptions = redis.Configuration;
                storage.CreateMultiplexer = async _ => (await redis.ForStorageAsync(), IsShared: true);
                storage.GetStorageKey = (_, grain) => StoreKeys.Record(serviceId, grain);
                storage.GrainStorageSerializer = RecordSerializer.Instance;
                storage.DeleteStateOnClear = true;
                storage.EntryExpiry = timeToLive(settings.Value);
            }));

        // The later registration of a name is the one that is found.
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, static (services, key) => CreateStorage(services, (string)key!));
        return silo;
    }

    private static RecordStorage CreateStorage(IServiceProvider services, string name) => new(
        CreateProvider(services, name),
        name == StorageNames.UserSessionsInPlace
            ? services.GetRequiredService<PlainRecordReads>()
            : services.GetRequiredService<StrictRecordReads>(),
        services.GetRequiredService<ReplicaWait>(),
        RecordSerializer.Instance,
        services.GetRequiredService<IActivatorProvider>(),
        services.GetRequiredService<StoreFailures>(),
        services.GetRequiredService<IOptions<ClusterSettings>>().Value.ServiceId);

    // As its factory does, but for the log: the provider would log each failure, as StoreFailures does. A filter by its name would
    // silence the application's own storages.
    private static RedisGrainStorage CreateProvider(IServiceProvider services, string name) => ActivatorUtilities.CreateInstance<RedisGrainStorage>(
        services, name, services.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(name), NullLogger<RedisGrainStorage>.Instance);
}
