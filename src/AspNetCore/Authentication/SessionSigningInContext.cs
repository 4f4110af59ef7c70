using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>A sign-in that is about to start a session. The event may replace the principal and change the properties.</summary>
public sealed class SessionSigningInContext : PrincipalContext<SessionAuthenticationOptions>
{
    internal SessionSigningInContext(
        HttpContext context, AuthenticationScheme scheme, SessionAuthenticationOptions options, ClaimsPrincipal principal, AuthenticationProperties properties)
        : base(context, scheme, options, properties) => Principal = principal;
}
