using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions.AspNetCore;

/// <summary>Where a refused request is sent: a page's browser to another page, a program to a problem of its status.</summary>
internal static class SessionRedirects
{
    public static Task ToLoginAsync(RedirectContext<SessionAuthenticationOptions> context) => IsForProgram(context.Request)
        ? RefuseAsync(context.HttpContext, StatusCodes.Status401Unauthorized, "Not signed in.")
        : Follow(context);

    public static Task ToAccessDeniedAsync(RedirectContext<SessionAuthenticationOptions> context) =>
        !context.Options.AccessDeniedPath.HasValue || (IsForProgram(context.Request) && !IsFormOfPage(context.Request))
            ? RefuseAsync(context.HttpContext, StatusCodes.Status403Forbidden, "Not allowed.")
            : Follow(context);

    /// <summary>Whether a redirect would be of no use to the caller.</summary>
    public static bool IsForProgram(HttpRequest request) => IsApi(request) || !HttpMethods.IsGet(request.Method);

    /// <summary>Whether a form was sent: it belongs to a page, also where it was open for too long.</summary>
    public static bool IsFormOfPage(HttpRequest request) => request.HasFormContentType && !IsApi(request);

    private static bool IsApi(HttpRequest request) =>
        request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null;

    private static Task Follow(RedirectContext<SessionAuthenticationOptions> context)
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, int status, string title) =>
        SessionProblems.WriteAsync(context, context.RequestServices.GetRequiredService<IProblemDetailsService>(), status, title);
}
