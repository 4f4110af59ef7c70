namespace OrleansSessions;

/// <summary>An active session, as a front end needs it to answer a request.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionInfo")]
public sealed record SessionInfo
{
    /// <summary>The session's public ID.</summary>
    [Id(0)] public required string SessionId { get; init; }

    /// <summary>The user's stable ID.</summary>
    [Id(1)] public required string Subject { get; init; }

    /// <summary>What the front end stored at sign-in, sealed by the secret. Empty where the caller has said that it has it.</summary>
    [Id(2)] public required byte[] Ticket { get; init; }

    /// <summary>When the session started.</summary>
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user last proved who they are, by the store's clock.</summary>
    [Id(4)] public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The latest use that is known of.</summary>
    [Id(5)] public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The absolute timeout, as a moment.</summary>
    [Id(6)] public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How long the session may go unused; null for no such limit.</summary>
    [Id(7)] public required TimeSpan? IdleTimeout { get; init; }

    /// <summary>Whether the user asked to be remembered after the browser closes.</summary>
    [Id(8)] public required bool RememberMe { get; init; }

    /// <summary>Grows with each change to what a validation answers.</summary>
    [Id(9)] public required int Revision { get; init; }

    /// <summary>How long before this answer the user last proved who they are.</summary>
    /// <remarks>An age, so that the wall clocks of front ends do not matter: a front end adds the time since by its monotonic clock.</remarks>
    [Id(10)] public TimeSpan AuthenticationAge { get; init; }

    /// <summary>Whether the claims must be made again before any request is answered with them.</summary>
    [Id(11)] public bool AreClaimsOutdated { get; init; }
}
