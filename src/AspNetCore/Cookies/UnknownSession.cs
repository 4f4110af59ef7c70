using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>A session about which the cluster cannot be reached, where the challenge is another scheme's.</summary>
internal static class UnknownSession
{
    /// <summary>Turns that scheme's 401 into 503, on an endpoint that needs a user.</summary>
    public static void Refuse(HttpContext context, string scheme)
    {
        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized && NeedsUser(context) && context.SessionFeature(scheme).IsUnknown)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.WWWAuthenticate = default;
            context.Response.Headers.RetryAfter = "1";
        }
    }

    private static bool NeedsUser(HttpContext context) => context.GetEndpoint()?.Metadata is { } metadata
        && metadata.GetMetadata<IAuthorizeData>() is not null
        && metadata.GetMetadata<IAllowAnonymous>() is null;
}
