using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Stops at once where neither the cluster nor the store tells what the presented session is: a second call would only double the wait.</summary>
internal sealed class UnknownSessionMiddleware(RequestDelegate next, IProblemDetailsService problems)
{
    public Task InvokeAsync(HttpContext context) =>
        context.SessionFeature().IsUnknown && context.Response.StatusCode < StatusCodes.Status400BadRequest
            ? SessionProblems.WriteUnavailableAsync(context, problems)
            : next(context);
}
