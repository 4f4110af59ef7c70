using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OrleansSessions.AspNetCore;
using StackExchange.Redis;

namespace OrleansSessions.WebFrontend;

/// <summary>Errors as problem details for the API, and as pages for people. Neither tells of the inside.</summary>
internal static class ErrorAnswers
{
    public static void AddErrorAnswers(this WebApplicationBuilder builder)
    {
        // Ahead of the standard writers: the first one that can write does.
        builder.Services.AddSingleton<IProblemDetailsWriter, PageProblemWriter>();
        builder.Services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = static problem =>
        {
            if (problem.ProblemDetails is { Status: StatusCodes.Status401Unauthorized, Detail: null })
            {
                problem.ProblemDetails.Detail = WhyNotSignedIn(problem.HttpContext);
            }
        });
        builder.Services.AddExceptionHandler<UnavailableExceptionHandler>();
        builder.Services.AddExceptionHandler<ClientMistakeHandler>();
    }

    private static string? WhyNotSignedIn(HttpContext context)
    {
        var session = context.SessionFeature();
        return session.Status is null && PlainTransport.IsLikely(context.Request)
            ? "Browsers keep a session over HTTPS, or at localhost, and not over plain HTTP."
            : EndNotice.For(session.EndedBy);
    }

    public static void UseErrorAnswers(this WebApplication app)
    {
        app.UseWhen(static context => context.Request.IsForApi(), static api => api.UseStatusCodePages());
        app.UseWhen(static context => !context.Request.IsForApi(), static pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.Use(static (context, next) => next(AsErrorPage(context)));
        app.UseExceptionHandler(new ExceptionHandlerOptions());
    }

    /// <summary>An error page is got, whatever the request that failed was: nothing of it is sent or read once more.</summary>
    private static HttpContext AsErrorPage(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
            context.Request.ContentType = null;
            context.Request.Body = Stream.Null;
            context.Features.Set<IFormFeature>(null);
        }

        return context;
    }

    /// <summary>Whether a program asks, which wants neither pages nor redirects.</summary>
    public static bool IsForApi(this HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/openapi");

    /// <summary>Whether nothing can be known now because a server that this one needs does not answer.</summary>
    public static bool IsUnavailable(this Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SessionsUnavailableException or RedisException or RedisTimeoutException)
            {
                return true;
            }
        }

        return false;
    }
}
