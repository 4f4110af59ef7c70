using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>A validation's answer, with room for what is worth making once for all requests that it serves.</summary>
public sealed class ValidatedSession(ValidationResult result)
{
    /// <summary>What the session is.</summary>
    public SessionStatus Status => result.Status;

    /// <summary>Why it ended, where it has.</summary>
    public RevocationReason Reason => result.Reason;

    /// <summary>The session, where it is active.</summary>
    public SessionInfo? Session => result.Session;

    /// <summary>Whether the session is active.</summary>
    [MemberNotNullWhen(true, nameof(Session))]
    public bool IsActive => result is { Status: SessionStatus.Active, Session: not null };

    /// <summary>What the authentication handler made of it, for every request to copy.</summary>
    internal AuthenticateResult? Authentication { get; set; }

    /// <summary>Takes over what was made of an earlier answer, where it says the same.</summary>
    internal ValidatedSession Inherit(ValidatedSession? earlier)
    {
        if (IsActive && earlier is { IsActive: true } && earlier.Session.Revision == Session.Revision)
        {
            Authentication = earlier.Authentication;
        }

        return this;
    }
}
