using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansSessions.Server;

/// <summary>What a supervisor asks: is the process alive, and has it joined the cluster?</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        // Nothing else is touched: were liveness to depend on Redis, a blip there would restart every silo.
        app.MapGet("/health/live", static () => TypedResults.Text("alive"));
        app.MapGet("/health/ready", Ready);
    }

    private static Results<ContentHttpResult, ProblemHttpResult> Ready(ISiloStatusOracle membership) =>
        membership.CurrentStatus == SiloStatus.Active
            ? TypedResults.Text("ready")
            : TypedResults.Problem($"The silo's status is {membership.CurrentStatus}.", statusCode: StatusCodes.Status503ServiceUnavailable);
}
