using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using OrleansSessions;
using OrleansSessions.AspNetCore;
using OrleansSessions.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects an application to the session cluster.</summary>
public static class SessionClientBuilderExtensions
{
    /// <summary>
    /// Adds an Orleans client, set up from the section <see cref="ClusterSettings.Section"/>, and from the
    /// <see cref="SessionClientOptions"/> that <c>AddOrleansSessions</c> reads. It starts without a cluster, and finds one when
    /// there is one.
    /// </summary>
    public static IHostApplicationBuilder AddOrleansSessionsClient(this IHostApplicationBuilder builder)
    {
        HostingShape.Split.Choose(builder.Services);
        builder.Services.AddClusterSettings();
        builder.Services.AddSingleton<IValidateOptions<ClusterSettings>, ValidateStoreAddress>();
        var before = builder.Services.Count;
        OrleansClientGenericHostExtensions.UseOrleansClient(builder, client =>
        {
            client.UseRedisClustering(static _ => { });
            client.Services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterSettings>>((options, cluster) =>
                (options.ClusterId, options.ServiceId) = (cluster.Value.ClusterId, cluster.Value.ServiceId));
            client.Services.AddOptions<RedisClusteringOptions>().Configure<IOptions<ClusterSettings>>((options, cluster) =>
            {
                options.ConfigurationOptions = StoreDefaults.Read(cluster.Value.Redis);
                options.ConfigurationOptions.AbortOnConnectFail = false;
                options.ConfigurationOptions.ClientName = "orleans-sessions-gateways";
            });
            client.Services.AddSingleton<IClientConnectionRetryFilter, ConnectUntilStopped>();
            client.Services.AddOptions<ClientMessagingOptions>().Configure<IOptions<SessionClientOptions>>((messaging, session) =>
                messaging.ResponseTimeout = session.Value.ResponseTimeout);
            client.Services.AddOptions<GatewayOptions>().Configure<IOptions<SessionClientOptions>>((gateway, session) =>
                gateway.GatewayListRefreshPeriod = session.Value.GatewayRefreshPeriod);
        });
        ConnectInTheBackground(builder.Services, before);
        return builder;
    }

    private static void ConnectInTheBackground(IServiceCollection services, int before)
    {
        var client = services.Skip(before).Single(service => service.ServiceType == typeof(IHostedService));
        services.Remove(client);
        services.AddSingleton(provider => new ClusterConnection(
            (IHostedService)client.ImplementationFactory!(provider), provider.GetRequiredService<ILogger<ClusterConnection>>()));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<ClusterConnection>());
        services.AddSingleton<IClusterAccess>(static provider => provider.GetRequiredService<ClusterConnection>());
    }

    /// <summary>Tries again whatever failed: Orleans' own filter gives up on an error of Redis, and takes the start with it.</summary>
    private sealed class ConnectUntilStopped(TimeProvider time) : IClientConnectionRetryFilter
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            await Task.Delay(Pause, time, cancellationToken);
            return true;
        }
    }
}
