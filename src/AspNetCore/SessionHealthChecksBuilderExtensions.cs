using OrleansSessions.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the session cluster to an application's health checks.</summary>
public static class SessionHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy while a silo answers, degraded while that silo cannot reach the store, and unhealthy
    /// otherwise. For readiness only: a restart mends no cluster.
    /// </summary>
    public static IHealthChecksBuilder AddSessionCluster(this IHealthChecksBuilder builder, params string[] tags) =>
        builder.AddCheck<ClusterHealthCheck>("session-cluster", tags: tags);
}
