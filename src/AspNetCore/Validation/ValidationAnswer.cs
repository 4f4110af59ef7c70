using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>A validation's answer, with room for what is worth making once for all requests that it serves.</summary>
internal sealed class ValidationAnswer(SessionValidationResult result, long askedAt)
{
    private SessionValidationResult _result = result;

    public SessionStatus Status => _result.Status;

    /// <summary>A monotonic timestamp from before the call was sent that brought the answer.</summary>
    public long AskedAt => askedAt;

    /// <summary>Why the session, or the presented secret, is not accepted any more.</summary>
    public RevocationReason Reason => _result.Reason;

    /// <summary>Why the session ended, in the application's own words; null for none.</summary>
    public string? ReasonText => _result.ReasonText;

    /// <summary>The session, where it is active.</summary>
    public SessionInfo? Session => _result.Session;

    [MemberNotNullWhen(true, nameof(Session))]
    public bool IsActive => _result is { Status: SessionStatus.Active, Session: not null };

    /// <summary>What the authentication handler made of the answer, for every request to copy.</summary>
    /// <remarks>The ticket is decrypted once per answer rather than once per request: that is most of a hit's cost.</remarks>
    public AuthenticateResult? Authentication { get; set; }

    /// <summary>Takes over the ticket of an earlier answer, and what was made of it, where this one says the same.</summary>
    public ValidationAnswer Inherit(ValidationAnswer? earlier)
    {
        if (IsActive && earlier is { IsActive: true } && earlier.Session.Revision == Session.Revision)
        {
            Authentication = earlier.Authentication;

            // The silo leaves out a ticket that this front end has.
            if (Session.Ticket.Length == 0)
            {
                _result = _result with { Session = Session with { Ticket = earlier.Session.Ticket } };
            }
        }

        return this;
    }
}
