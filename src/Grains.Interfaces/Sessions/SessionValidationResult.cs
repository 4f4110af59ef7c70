namespace OrleansSessions;

/// <summary>The answer to a <see cref="ValidationRequest"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionValidationResult")]
public sealed record SessionValidationResult
{
    /// <summary>What the session is to the holder of that secret.</summary>
    [Id(0)] public required SessionStatus Status { get; init; }

    /// <summary>The session, where it is active.</summary>
    [Id(1)] public SessionInfo? Session { get; init; }

    /// <summary>Why it ended, where it has; <see cref="RevocationReason.SecretReplaced"/> where only the presented secret has.</summary>
    [Id(2)] public RevocationReason Reason { get; init; }

    /// <summary>For how long, from before the call was sent, the answer may be given from memory; zero for not at all.</summary>
    [Id(3)] public TimeSpan Lease { get; init; }

    /// <summary>Why it ended, in the application's own words; null for none.</summary>
    [Id(4)] public string? ReasonText { get; init; }

    /// <summary>No session for that token.</summary>
    internal static SessionValidationResult NotFound { get; } = new() { Status = SessionStatus.NotFound };

    /// <summary>The session goes on, with another secret than the presented one.</summary>
    internal static SessionValidationResult Replaced { get; } = new() { Status = SessionStatus.NotFound, Reason = RevocationReason.SecretReplaced };

    /// <summary>The session has ended.</summary>
    internal static SessionValidationResult Ended(RevocationReason reason, string? reasonText = null) =>
        new() { Status = reason.Status(), Reason = reason, ReasonText = reasonText };
}
