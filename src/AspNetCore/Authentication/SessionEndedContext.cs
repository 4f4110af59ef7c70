using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>A request that presents a session which has ended.</summary>
public sealed class SessionEndedContext : BaseContext<SessionAuthenticationOptions>
{
    internal SessionEndedContext(
        HttpContext context, AuthenticationScheme scheme, SessionAuthenticationOptions options, string sessionId, ValidationAnswer answer)
        : base(context, scheme, options) =>
        (SessionId, Status, Reason, ReasonText) = (sessionId, answer.Status, answer.Reason, answer.ReasonText);

    /// <summary>The session's public ID.</summary>
    public string SessionId { get; }

    /// <summary>Whether the session has expired, or someone has ended it.</summary>
    public SessionStatus Status { get; }

    /// <summary>Why it ended.</summary>
    public RevocationReason Reason { get; }

    /// <summary>Why it ended, in the application's own words; null for none.</summary>
    public string? ReasonText { get; }
}
