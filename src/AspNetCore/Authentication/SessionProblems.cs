using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Refusals as RFC 9457 problem details.</summary>
public static class SessionProblems
{
    /// <summary>The problem type of a request whose user must first prove again who they are.</summary>
    public const string ReauthenticationRequired = "urn:orleans-sessions:reauthentication-required";

    /// <summary>Answers that the session service cannot be reached (503). The cookie is left alone.</summary>
    public static Task WriteUnavailableAsync(HttpContext context, IProblemDetailsService problems)
    {
        context.Response.Headers.RetryAfter = "1";
        return WriteAsync(
            context, problems, StatusCodes.Status503ServiceUnavailable, "The session service cannot be reached. Try again shortly.");
    }

    /// <summary>Answers with a status and its reason.</summary>
    public static async Task WriteAsync(HttpContext context, IProblemDetailsService problems, int status, string title, string? type = null)
    {
        context.Response.StatusCode = status;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Title = title, Type = type },
        });
    }
}
