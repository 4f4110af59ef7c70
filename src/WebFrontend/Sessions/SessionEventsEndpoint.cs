using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>The stream of what happens to the user's sessions.</summary>
internal static class SessionEventsEndpoint
{
    public static void MapSessionEvents(this RouteGroupBuilder api) =>
        api.MapGet("/session/events", Report).WithSummary("Reports changes to the user's sessions, and the end of this one.")
            .RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static Results<ServerSentEventsResult<string>, EmptyHttpResult, ProblemHttpResult> Report(
        HttpContext context, LiveSessions live, LivePlaces places)
    {
        if (!context.TryGetSession(out var session))
        {
            throw new SessionsUnavailableException();
        }

        if (context.Features.Get<HeadRequest>() is not null)
        {
            // Nobody hears the events, and the answer must end.
            context.Response.ContentType = "text/event-stream";
            return TypedResults.Empty;
        }

        if (places.TryTake(session.Subject) is not { } place)
        {
            return TypedResults.Problem(
                title: "This user has as many streams open as is allowed.", statusCode: StatusCodes.Status429TooManyRequests);
        }

        context.Response.RegisterForDispose(place);
        // nginx would hold events back until it has a buffer full of them.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(live.ReportAsync(context, session));
    }
}
