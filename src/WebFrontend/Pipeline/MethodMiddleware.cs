using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;

namespace OrleansSessions.WebFrontend;

/// <summary>Lets a page be asked by the methods that it has handlers for, as routing does for the API.</summary>
/// <remarks>Razor Pages runs a page for any method, TRACE included, and renders it without a handler.</remarks>
internal sealed class MethodMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
        {
            if (!HttpMethods.IsGet(context.Request.Method) && !Handles(page, context.Request.Method))
            {
                context.Response.Headers.Allow = Handles(page, HttpMethods.Post) ? "GET, HEAD, POST" : "GET, HEAD";
                await context.RefuseAsync(Refusals.WrongMethod);
                return;
            }

            if (!HttpMethods.IsGet(context.Request.Method) && !HasHandler(page, context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            NameHead(context.Response.Headers);
        }
    }

    private static bool Handles(CompiledPageActionDescriptor page, string method) =>
        page.HandlerMethods.Any(handler => HttpMethods.Equals(handler.HttpMethod, method));

    private static bool HasHandler(CompiledPageActionDescriptor page, HttpRequest request)
    {
        var name = request.Query["handler"].ToString();
        return page.HandlerMethods.Any(handler => HttpMethods.Equals(handler.HttpMethod, request.Method) && IsNamed(handler, name));
    }

    private static bool IsNamed(HandlerMethodDescriptor handler, string name) =>
        string.Equals(handler.Name ?? "", name, StringComparison.OrdinalIgnoreCase);

    // Routing does not know that HEAD is answered as GET.
    private static void NameHead(IHeaderDictionary headers)
    {
        var allowed = headers.Allow.ToString();
        if (allowed.Contains("GET", StringComparison.Ordinal) && !allowed.Contains("HEAD", StringComparison.Ordinal))
        {
            headers.Allow = $"{allowed}, HEAD";
        }
    }
}
