using System.Security.Cryptography;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Healthy while a silo answers, and Redis answers that silo.</summary>
internal sealed class ClusterHealthCheck(ClusterCaller cluster) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await cluster.CallAsync(
                (grains, ct) => grains.GetSiloHealth(RandomNumberGenerator.GetInt32(64)).CheckAsync(ct).AsTask(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SessionsUnavailableException)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }
}
