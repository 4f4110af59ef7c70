using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Stops at once where the presented session cannot be known now: a second call would only double the wait.</summary>
internal sealed class UnknownSessionMiddleware(RequestDelegate next, IProblemDetailsService problems)
{
    public Task InvokeAsync(HttpContext context) =>
        context.SessionFeature().IsUnknown && context.Response.StatusCode < StatusCodes.Status400BadRequest
            ? SessionProblems.WriteUnavailableAsync(context, problems)
            : next(context);
}
