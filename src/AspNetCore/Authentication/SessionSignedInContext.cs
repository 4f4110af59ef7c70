using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>A sign-in that has started a session, whose cookie is on the response.</summary>
public sealed class SessionSignedInContext : PrincipalContext<SessionAuthenticationOptions>
{
    internal SessionSignedInContext(SessionSigningInContext signingIn, SessionInfo session)
        : base(signingIn.HttpContext, signingIn.Scheme, signingIn.Options, signingIn.Properties) =>
        (Principal, Session) = (signingIn.Principal, session);

    /// <summary>The session that the sign-in has started.</summary>
    public SessionInfo Session { get; }
}
