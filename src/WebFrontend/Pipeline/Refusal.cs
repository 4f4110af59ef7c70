using Microsoft.AspNetCore.Http.Features;

namespace OrleansSessions.WebFrontend;

/// <summary>A refusal in words: a page shows them to a person, problem details carry them to a program.</summary>
/// <param name="Status">The status.</param>
/// <param name="Title">What was refused.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Type">The problem's type, where programs tell it from others of the same status.</param>
internal sealed record Refusal(int Status, string Title, string Advice, string? Type = null);

internal static class RefusalExtensions
{
    /// <summary>Answers with a refusal; the error page finds it among the request's features.</summary>
    public static async Task RefuseAsync(this HttpContext context, Refusal refusal)
    {
        context.Features.Set(refusal);
        context.Response.StatusCode = refusal.Status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = refusal.Status, Title = refusal.Title, Detail = refusal.Advice, Type = refusal.Type },
        });
    }

    /// <summary>Whether a body follows the headers, be it an empty one.</summary>
    public static bool HasBody(this HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
}
