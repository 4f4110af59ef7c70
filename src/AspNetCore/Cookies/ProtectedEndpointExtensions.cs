using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Tells endpoints that need a user from those that do not.</summary>
internal static class ProtectedEndpointExtensions
{
    public static bool IsProtected(this HttpContext context) => context.GetEndpoint()?.Metadata is { } metadata
        && metadata.GetMetadata<IAuthorizeData>() is not null
        && metadata.GetMetadata<IAllowAnonymous>() is null;
}
