using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>The session of the caller's own cookie.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this RouteGroupBuilder api)
    {
        api.MapPost("/session", SignInAsync).WithSummary("Signs in, and sets the session cookie.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/session", Get).WithSummary("Says who is signed in.")
            .RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapPost("/session/reauthenticate", ReauthenticateAsync)
            .WithSummary("Proves with the password who is signed in, and replaces the session cookie.")
            .RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapDelete("/session", SignOutAsync).WithSummary("Signs out, and clears the session cookie.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<Created<SessionBody>, ProblemHttpResult>> SignInAsync(
        SignInBody body, HttpContext context, SignInService signIns, FrontEndName frontEnd, CancellationToken cancellationToken)
    {
        var outcome = await signIns.SignInAsync(context, body.UserName, body.Password, body.RememberMe, cancellationToken);
        return outcome.Verdict switch
        {
            SignInVerdict.SignedIn => TypedResults.Created(
                "/api/session", SessionBody.Of(outcome.Session!, outcome.UserName, frontEnd.For(context))),
            SignInVerdict.Throttled => context.TooManyRequests(outcome.RetryAfter),
            SignInVerdict.LimitReached => Refusals.SessionLimit.ToProblem(),
            SignInVerdict.PlainTransport => Refusals.PlainTransport.ToProblem(),
            _ => Refusals.WrongCredentials.ToProblem(),
        };
    }

    private static Results<Ok<SessionBody>, UnauthorizedHttpResult> Get(HttpContext context, FrontEndName frontEnd) =>
        context.TryGetSession(out var session)
            ? TypedResults.Ok(SessionBody.Of(session, context.User.Identity?.Name ?? "", frontEnd.For(context)))
            : TypedResults.Unauthorized();

    private static async Task<Results<Ok<SessionBody>, ProblemHttpResult>> ReauthenticateAsync(
        ReauthenticationBody body, HttpContext context, ReauthenticationService users, FrontEndName frontEnd, CancellationToken cancellationToken)
    {
        var outcome = await users.ReauthenticateAsync(context, body.Password, cancellationToken);
        return outcome.Verdict switch
        {
            ReauthenticationVerdict.Confirmed when context.TryGetSession(out var session) => TypedResults.Ok(
                SessionBody.Of(session, context.User.Identity?.Name ?? "", frontEnd.For(context))),
            ReauthenticationVerdict.Throttled => context.TooManyRequests(outcome.RetryAfter),
            ReauthenticationVerdict.WrongPassword => Refusals.WrongPassword.ToProblem(),
            _ => Refusals.NotSignedIn.ToProblem(),
        };
    }

    // A session that has ended meanwhile is signed out as much as any: the browser is rid of its cookie, and that is what was asked.
    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(HttpContext context, OwnSessions sessions)
    {
        var presented = context.SessionFeature().Status is not null;
        await sessions.SignOutAsync(context);
        return presented ? TypedResults.NoContent() : Refusals.NotSignedIn.ToProblem();
    }
}
