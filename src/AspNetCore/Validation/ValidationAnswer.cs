using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>A validation's answer, with room for what is worth making once for all requests that it serves.</summary>
internal sealed class ValidationAnswer(ValidationResult result, long askedAt)
{
    public SessionStatus Status => result.Status;

    /// <summary>A monotonic timestamp from before the call was sent that brought the answer.</summary>
    public long AskedAt => askedAt;

    /// <summary>Why the session, or the presented secret, is not accepted any more.</summary>
    public RevocationReason Reason => result.Reason;

    /// <summary>The session, where it is active.</summary>
    public SessionInfo? Session => result.Session;

    [MemberNotNullWhen(true, nameof(Session))]
    public bool IsActive => result is { Status: SessionStatus.Active, Session: not null };

    /// <summary>What the authentication handler made of the answer, for every request to copy.</summary>
    /// <remarks>The ticket is decrypted once per answer rather than once per request: that is most of a hit's cost.</remarks>
    public AuthenticateResult? Authentication { get; set; }

    /// <summary>Takes over what was made of an earlier answer, where it says the same.</summary>
    public ValidationAnswer Inherit(ValidationAnswer? earlier)
    {
        if (IsActive && earlier is { IsActive: true } && earlier.Session.Revision == Session.Revision)
        {
            Authentication = earlier.Authentication;
        }

        return this;
    }
}
