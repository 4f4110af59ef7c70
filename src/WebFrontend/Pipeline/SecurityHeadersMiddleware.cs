using Microsoft.Net.Http.Headers;

namespace OrleansSessions.WebFrontend;

/// <summary>Headers that each answer carries (ASVS 3.4).</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

    private const string PermissionsPolicy =
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Add((HttpContext)state), context);
        return next(context);
    }

    private static Task Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!IsAsset(context))
        {
            NeverCache(headers);
        }

        return Task.CompletedTask;
    }

    private static bool IsAsset(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Assets.Path) && context.Response.StatusCode < StatusCodes.Status400BadRequest;

    private static void NeverCache(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers.Remove(HeaderNames.Pragma);
        headers.Remove(HeaderNames.Expires);
        if (!headers.Vary.Contains(HeaderNames.Cookie))
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Cookie);
        }
    }
}
