using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OrleansSessions;
using OrleansSessions.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds what users do with their own sessions.</summary>
public static class SessionEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Adds <c>manage/sessions</c> beside Identity's own endpoints: GET lists the user's sessions, DELETE of one ends it, and DELETE with
    /// <c>?scope=others</c> or <c>all</c> ends those.
    /// </summary>
    public static RouteGroupBuilder MapOrleansSessions(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/manage/sessions");
        group.RequireAuthorization().AddEndpointFilter<UnavailableFilter>();
        group.MapGet("", ListAsync);
        group.MapDelete("/{id}", EndAsync);
        group.MapDelete("", EndAllAsync);
        return group;
    }

    private static async Task<Results<Ok<UserSession[]>, ProblemHttpResult>> ListAsync(
        HttpContext context, ISessionAdministration sessions, CancellationToken cancellationToken)
    {
        context.Response.NeverCache();
        var current = context.SessionFeature().Session?.SessionId;
        return SubjectOf(context) is { } subject
            ? TypedResults.Ok((await sessions.ListAsync(subject, cancellationToken)).Select(session => UserSession.Of(session, current)).ToArray())
            : NoUser();
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> EndAsync(string id, HttpContext context, ISessionAdministration sessions)
    {
        if (SubjectOf(context) is not { } subject)
        {
            return NoUser();
        }

        return await sessions.RevokeAsync(subject, id, RevocationReason.RevokedByUser) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAllAsync(string? scope, HttpContext context, ISessionAdministration sessions)
    {
        if (SubjectOf(context) is not { } subject)
        {
            return NoUser();
        }

        if (scope is not ("others" or "all"))
        {
            return TypedResults.Problem("Say which sessions: ?scope=others or ?scope=all.", statusCode: StatusCodes.Status400BadRequest);
        }

        var except = scope == "others" ? context.SessionFeature().Session?.SessionId : null;
        await sessions.RevokeAllAsync(subject, RevocationReason.RevokedByUser, except);
        return TypedResults.NoContent();
    }

    // A bearer token is not a session, and its user has sessions all the same.
    private static string? SubjectOf(HttpContext context) =>
        context.SessionFeature().Session?.Subject ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier);

    private static ProblemHttpResult NoUser() =>
        TypedResults.Problem("The user has no ID that sessions could be listed under.", statusCode: StatusCodes.Status403Forbidden);

    private sealed class UnavailableFilter(IProblemDetailsService problems) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            try
            {
                return await next(context);
            }
            catch (SessionsUnavailableException)
            {
                await SessionProblems.WriteUnavailableAsync(context.HttpContext, problems);
                return Results.Empty;
            }
        }
    }
}
