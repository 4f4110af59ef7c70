using Microsoft.AspNetCore.Diagnostics;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Answers 503 where the cluster does not answer; whatever cookie the browser has stays as it is.</summary>
internal sealed class UnavailableExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!exception.IsUnavailable())
        {
            return false;
        }

        await SessionProblems.WriteUnavailableAsync(httpContext, problems);
        return true;
    }
}
