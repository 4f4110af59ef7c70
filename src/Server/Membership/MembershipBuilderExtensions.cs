using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace OrleansSessions.Server;

/// <summary>How silos find each other, and how soon they notice that another is gone.</summary>
internal static class MembershipBuilderExtensions
{
    /// <summary>Of how many grains a silo remembers where they are active; of others it asks the directory.</summary>
    /// <remarks>The default of a million is some hundred megabytes, kept for sessions that nobody uses any more.</remarks>
    private const int KnownPlaces = 50_000;

    /// <summary>For a silo in a process of its own, which front ends call.</summary>
    public static ISiloBuilder AddSplitMembership(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(NoticeSoon);

        // The default prefers the silo with the most free resources: in a small fleet that is one silo for nearly all,
        // and the loss of that one is then felt by nearly all.
        silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
        return silo.AddMembership(hasGateway: true);
    }

    /// <summary>For a silo in the process of a web application.</summary>
    public static ISiloBuilder AddCoHostedMembership(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(BearPauses);

        // Where the sign-in is: the balancer has spread those, and a sign-in costs a seventh less than at random places.
        silo.Services.AddSingleton<PlacementStrategy, PreferLocalPlacement>();
        return silo.AddMembership(hasGateway: false);
    }

    /// <summary>Gives the cluster the names that the settings have.</summary>
    public static ISiloBuilder NameCluster(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterSettings>>(static (options, cluster) =>
            (options.ClusterId, options.ServiceId) = (cluster.Value.ClusterId, cluster.Value.ServiceId));
        return silo;
    }

    private static ISiloBuilder AddMembership(this ISiloBuilder silo, bool hasGateway)
    {
        silo.UseRedisClustering(static _ => { }).NameCluster();
        silo.Services.AddOptions<RedisClusteringOptions>().Configure<RedisConnections>(static (options, redis) =>
        {
            options.ConfigurationOptions = redis.Configuration;
            options.CreateMultiplexer = async _ => (await redis.ForClusteringAsync(), IsShared: true);
        });
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<SiloSettings>>((options, settings) =>
            SiloEndpoint.Apply(settings.Value, hasGateway, options));
        silo.Configure<SiloMessagingOptions>(Configure);
        silo.Configure<GrainDirectoryOptions>(static directory => directory.CacheSize = KnownPlaces);
        silo.Configure<GrainCollectionOptions>(static collection => collection.EnableActivationSheddingOnMemoryPressure = true);
        return silo;
    }

    // A killed silo's grains are back in under 1 s, a hung one's in about 2.5 s; with the defaults, 5.6 s and 97 s.
    private static void NoticeSoon(ClusterMembershipOptions membership) => Configure(membership, TimeSpan.FromSeconds(1), missed: 2);

    // A silo that is declared dead ends its process: here the web server, which a pause of ten seconds must not end. The price is
    // that a killed one is noticed later as well, after about 14 s, unless it is started again in its place.
    private static void BearPauses(ClusterMembershipOptions membership) => Configure(membership, TimeSpan.FromSeconds(2), missed: 7);

    private static void Configure(ClusterMembershipOptions membership, TimeSpan probe, int missed)
    {
        (membership.ProbeTimeout, membership.MinProbeTimeout, membership.MaxProbeTimeout) = (probe, probe, probe);
        membership.NumMissedProbesLimit = missed;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }

    private static void Configure(SiloMessagingOptions messaging)
    {
        // As long as a front end waits: an answer that comes later has nobody to take it.
        messaging.ResponseTimeout = TimeSpan.FromSeconds(3);

        // Calls to a front end that has died wait this long for it to come back.
        messaging.ClientDropTimeout = TimeSpan.FromSeconds(10);
    }
}
