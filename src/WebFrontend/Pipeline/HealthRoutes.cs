using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace OrleansSessions.WebFrontend;

internal static class HealthRoutes
{
    public const string ReadyTag = "ready";

    /// <summary>Answers health probes ahead of authentication, so that liveness touches nothing at all.</summary>
    public static void UseHealthRoutes(this WebApplication app)
    {
        app.UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.UseHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(ReadyTag) });
    }
}
