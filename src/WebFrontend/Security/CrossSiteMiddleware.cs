using Microsoft.AspNetCore.Diagnostics;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Refuses state-changing requests that come from another site.</summary>
internal sealed partial class CrossSiteMiddleware(
    RequestDelegate next, IProblemDetailsService problems, ILogger<CrossSiteMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            // The request was refused, and runs again for the page that says so.
            return next(context);
        }

        if (!CrossSiteRule.Refuses(
            request.Method, request.Headers["Sec-Fetch-Site"], request.Headers.Origin, request.Scheme, request.Host))
        {
            return next(context);
        }

        LogRefused(logger, context.Connection.RemoteIpAddress);
        return SessionProblems.WriteAsync(
            context, problems, StatusCodes.Status403Forbidden, "This request came from another site, and was refused.");
    }

    [LoggerMessage(EventId = 100, EventName = "CrossSiteRefused", Level = LogLevel.Warning,
        Message = "Refused a request from {Source}, which another site made the browser send.")]
    private static partial void LogRefused(ILogger logger, System.Net.IPAddress? source);
}
