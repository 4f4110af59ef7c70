using Microsoft.AspNetCore.Antiforgery;

namespace OrleansSessions.WebFrontend;

/// <summary>Refuses state-changing requests that come from another site.</summary>
internal sealed partial class CrossSiteMiddleware(RequestDelegate next, IAntiforgery antiforgery, ILogger<CrossSiteMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var origin = CrossSiteRule.Judge(
            request.Method, request.Headers["Sec-Fetch-Site"], request.Headers.Origin, request.Scheme, request.Host);
        context.Features.Set(new StatedOrigin(origin));
        var refusal = origin switch
        {
            RequestOrigin.Foreign => Refusals.CrossSite,
            RequestOrigin.Undisclosed => await UnlessOurFormAsync(context),
            _ => null,
        };
        if (refusal is null)
        {
            await next(context);
            return;
        }

        if (refusal == Refusals.PlainTransport)
        {
            LogPlainTransport(logger, context.Connection.RemoteIpAddress);
        }
        else
        {
            LogRefused(logger, context.Connection.RemoteIpAddress);
        }

        await context.RefuseAsync(refusal);
    }

    /// <summary>Where the browser declines to say, the pair of tokens tells a form of ours: no other site has it.</summary>
    private async Task<Refusal?> UnlessOurFormAsync(HttpContext context)
    {
        if (context.Request.IsForApi() || !context.Request.HasFormContentType)
        {
            return Refusals.CrossSite;
        }

        if (await FormMiddleware.Fault(context) is { } fault)
        {
            return fault;
        }

        if (await antiforgery.IsRequestValidAsync(context))
        {
            return null;
        }

        return PlainTransport.IsLikely(context.Request) ? Refusals.PlainTransport : Refusals.CrossSite;
    }

    [LoggerMessage(EventId = 400, EventName = "CrossSiteRefused", Level = LogLevel.Warning,
        Message = "Refused a request from {Source}, which another site made the browser send. If a proxy changes Host or ends TLS "
            + "before this server, name it in OrleansSessions:Web:KnownProxies.")]
    private static partial void LogRefused(ILogger logger, System.Net.IPAddress? source);

    [LoggerMessage(EventId = 401, EventName = "PlainTransportRefused", Level = LogLevel.Warning,
        Message = "Refused a form from {Source}, whose browser uses plain HTTP and so keeps no cookie of this site. Serve HTTPS, or "
            + "use localhost; if a proxy ends TLS before this server, name it in OrleansSessions:Web:KnownProxies.")]
    private static partial void LogPlainTransport(ILogger logger, System.Net.IPAddress? source);
}

/// <summary>What the request at hand says of where it comes from.</summary>
internal sealed record StatedOrigin(RequestOrigin Origin);
