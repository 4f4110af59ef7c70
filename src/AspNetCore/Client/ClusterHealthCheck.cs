using System.Security.Cryptography;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansSessions.AspNetCore;

/// <summary>Healthy while this front end reaches a silo, and degraded while that silo cannot reach the store.</summary>
/// <remarks>
/// A front end answers under its leases for a while when the store is gone, so a balancer must not drop all front ends at
/// once. One slow silo must not make a front end unhealthy, so each attempt is short, and has a key that may lead elsewhere.
/// </remarks>
internal sealed class ClusterHealthCheck(ClusterCaller cluster, IEnumerable<IClusterAccess> access) : IHealthCheck
{
    private const int Keys = 64;
    private static readonly TimeSpan AttemptBound = TimeSpan.FromSeconds(0.75);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (access.Any(static way => way.IsClosing))
        {
            return HealthCheckResult.Unhealthy("This server is about to stop.");
        }

        var key = AnyKey();
        try
        {
            var store = await cluster.ProbeAsync(
                (grains, ct) => grains.GetSiloHealth(NextKey(ref key)).CheckAsync(ct).AsTask(), AttemptBound, cancellationToken);
            return store == StoreStatus.Answers
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("A silo answers, and cannot reach its store.");
        }
        catch (SessionsUnavailableException)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }

    /// <summary>A random key.</summary>
    internal static int AnyKey() => RandomNumberGenerator.GetInt32(Keys);

    /// <summary>A random key, and never the one before.</summary>
    private static int NextKey(ref int key) => key = (key + 1 + RandomNumberGenerator.GetInt32(Keys - 1)) % Keys;
}
