using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

/// <summary>A page with a form, which says on itself what was wrong with it.</summary>
/// <remarks>
/// Its token is looked at here in place of the framework's filter, so that a form without a valid one is shown again rather than
/// ending in an error page.
/// </remarks>
[IgnoreAntiforgeryToken]
internal abstract partial class FormPage : PageModel
{
    /// <summary>What was wrong with the form that was sent, in words; null for nothing.</summary>
    public string? Problem { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!HttpMethods.IsPost(Request.Method) || await IsFromOurPageAsync())
        {
            await next();
            return;
        }

        var isPlain = PlainTransport.IsLikely(Request);
        if (isPlain)
        {
            LogPlainTransport(
                HttpContext.RequestServices.GetRequiredService<ILogger<FormPage>>(), HttpContext.Connection.RemoteIpAddress);
        }

        Refuse(isPlain ? Refusals.PlainTransport : Refusals.StaleForm);
        await ShowAgainAsync(HttpContext.RequestAborted);
        context.Result = Page();
    }

    /// <summary>Whether the form was sent by a page of ours.</summary>
    protected virtual Task<bool> IsFromOurPageAsync() =>
        HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(HttpContext);

    /// <summary>Gets what the page shows, where its handler did not run.</summary>
    protected virtual Task ShowAgainAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Shows the page with a refusal.</summary>
    protected PageResult Refuse(Refusal refusal) => Refuse(refusal.Status, $"{refusal.Title} {refusal.Advice}".TrimEnd());

    /// <summary>Shows the page with what is wrong.</summary>
    protected PageResult Refuse(int status, string? problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>Shows the page with the wait that too many attempts have earned.</summary>
    protected PageResult Throttle(TimeSpan retryAfter)
    {
        HttpContext.TellRetryAfter(retryAfter);
        return Refuse(Refusals.Throttled);
    }

    [LoggerMessage(EventId = 402, EventName = "PlainTransportForm", Level = LogLevel.Warning,
        Message = "A form from {Source} came without the cookie that goes with it, over plain HTTP: browsers keep none there. Serve "
            + "HTTPS, or use localhost; if a proxy ends TLS before this server, name it in OrleansSessions:Web:KnownProxies.")]
    private static partial void LogPlainTransport(ILogger logger, System.Net.IPAddress? source);
}
