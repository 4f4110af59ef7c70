using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.Yarp;

/// <summary>What the applications behind the proxy are told of the user.</summary>
public sealed class SessionProxyOptions
{
    /// <summary>The headers that are set for a signed-in user, and where their values come from; null leaves one out.</summary>
    /// <remarks>Default: <c>Remote-User</c>, the subject, and <c>X-Session-Id</c>, the session's public ID.</remarks>
    public IDictionary<string, Func<HttpContext, string?>> Headers { get; } = new Dictionary<string, Func<HttpContext, string?>>(StringComparer.OrdinalIgnoreCase)
    {
        ["Remote-User"] = static context => context.SessionFeature().Session?.Subject,
        ["X-Session-Id"] = static context => context.SessionFeature().Session?.SessionId,
    };

    /// <summary>Headers that no browser may send: applications are known to take them for the word of a proxy.</summary>
    /// <remarks>Those of <see cref="Headers"/> count without being named here. A name that ends in <c>*</c> stands for all that begin so.</remarks>
    public ISet<string> Untrusted { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Remote-*", "X-Remote-*", "X-Auth-*", "X-Authenticated-*", "X-Session-*", "X-User", "X-User-*", "X-WebAuth-*", "X-Token-*",
        "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Groups", "X-Forwarded-Preferred-Username", "X-Forwarded-Access-Token",
        "X-MS-Client-Principal*", "X-Goog-Authenticated-User-*", "X-Amzn-Oidc-*", "Tailscale-User-*", "Cf-Access-*",
    };

    /// <summary>Whether applications get the cookie of the session, with which they could act as its user. Default no.</summary>
    public bool ForwardSessionCookie { get; set; }

    /// <summary>Adds a header that carries a claim of the user.</summary>
    public SessionProxyOptions AddClaim(string header, string claimType)
    {
        Headers[header] = context => context.User.FindFirstValue(claimType);
        return this;
    }
}
