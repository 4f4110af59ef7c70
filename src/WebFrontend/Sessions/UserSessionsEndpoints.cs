using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>All sessions of the signed-in user.</summary>
internal static class UserSessionsEndpoints
{
    public static void MapUserSessions(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        sessions.MapGet("", ListAsync).WithSummary("Lists the user's sessions, newest first.");
        sessions.MapDelete("/{id}", EndAsync).WithSummary("Ends one of the user's sessions.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        sessions.MapDelete("", EndAllAsync).WithSummary("Ends the user's other sessions (scope=others), or all (scope=all).")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Ok<IEnumerable<SessionListItem>>> ListAsync(
        HttpContext context, OwnSessions sessions, CancellationToken cancellationToken)
    {
        var current = Current(context);
        var list = await sessions.ListAsync(current, cancellationToken);
        return TypedResults.Ok(list.Select(session => SessionListItem.Of(session, current)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string id, HttpContext context, OwnSessions sessions, CancellationToken cancellationToken) =>
        await sessions.EndAsync(context, Current(context), id, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.Problem(title: "You have no such session.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAllAsync(
        string? scope, HttpContext context, OwnSessions sessions, CancellationToken cancellationToken)
    {
        switch (scope)
        {
            case "others":
                await sessions.EndOthersAsync(Current(context), cancellationToken);
                return TypedResults.NoContent();
            case "all":
                await sessions.EndAllAsync(context, Current(context), cancellationToken);
                return TypedResults.NoContent();
            default:
                return TypedResults.Problem(title: "The scope is 'others' or 'all'.", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    // Authorization lets nobody through without a session.
    private static SessionInfo Current(HttpContext context) =>
        context.TryGetSession(out var session) ? session : throw new SessionsUnavailableException();
}
