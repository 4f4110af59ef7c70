using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;

namespace OrleansSessions.WebFrontend;

internal static class ApiExtensions
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(static json =>
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        // In development, too, a malformed request is the client's fault and no exception.
        builder.Services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = false);
        builder.Services.AddOpenApi();
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api").WithMetadata(new AnswersPrograms())
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapAccounts();
        api.MapSessions();
    }

    /// <summary>A refusal that says when to come back.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult TooManyRequests(this HttpContext context, TimeSpan retryAfter)
    {
        context.TellRetryAfter(retryAfter);
        return Refusals.Throttled.ToProblem();
    }

    /// <summary>A refusal as problem details.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult ToProblem(this Refusal refusal) => TypedResults.Problem(
        title: refusal.Title, detail: refusal.Advice.Length > 0 ? refusal.Advice : null, statusCode: refusal.Status, type: refusal.Type);

    public static void TellRetryAfter(this HttpContext context, TimeSpan retryAfter) =>
        context.Response.Headers.RetryAfter =
            Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Makes an endpoint answer 401 rather than lead to the sign-in page.</summary>
    private sealed class AnswersPrograms : IDisableCookieRedirectMetadata;
}
