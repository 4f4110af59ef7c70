using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Healthy while a silo answers, and Redis answers that silo.</summary>
/// <remarks>It calls a session that nobody has: one activation in the whole cluster, which writes nothing.</remarks>
internal sealed class ClusterHealthCheck(ClusterCaller cluster) : IHealthCheck
{
    private static readonly string NobodysSession = new('-', SessionToken.SessionIdLength);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await cluster.CallAsync(
                (grains, ct) => grains.GetSession(NobodysSession).DescribeAsync(ct).AsTask(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SessionsUnavailableException)
        {
            return HealthCheckResult.Unhealthy("No silo answers.");
        }
    }
}
