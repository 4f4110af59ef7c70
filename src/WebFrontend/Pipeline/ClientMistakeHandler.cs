using Microsoft.AspNetCore.Diagnostics;

namespace OrleansSessions.WebFrontend;

/// <summary>Answers a request that cannot be read by the status that its reader names; no stranger fills the log with traces.</summary>
internal sealed class ClientMistakeHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException mistake)
        {
            return false;
        }

        httpContext.Response.StatusCode = mistake.StatusCode;
        await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Status = mistake.StatusCode } });
        return true;
    }
}
