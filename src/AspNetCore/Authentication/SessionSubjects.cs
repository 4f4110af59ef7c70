using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Says which user a principal is under a scheme, of either kind.</summary>
internal sealed class SessionSubjects(
    IOptionsMonitor<SessionAuthenticationOptions> options, IOptionsMonitor<CookieSessionsOptions> cookieOptions, CookieSessionSchemes cookieSchemes)
{
    /// <summary>The user of a session. A principal without a name is a user of its own, under the session's ID.</summary>
    public string Of(string scheme, ClaimsPrincipal principal, SessionToken token)
    {
        if (!cookieSchemes.Contains(scheme))
        {
            return options.Get(scheme).SubjectOf(principal);
        }

        var subject = cookieOptions.Get(scheme).SubjectOf(principal);
        return string.IsNullOrEmpty(subject) ? token.SessionId : subject;
    }
}
