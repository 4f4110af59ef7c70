namespace OrleansSessions;

/// <summary>One line of a user's device list.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDescription")]
public sealed record SessionDescription
{
    /// <summary>The session's public ID.</summary>
    [Id(0)] public required string SessionId { get; init; }

    /// <summary>When the session started.</summary>
    [Id(1)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The latest use that is known of.</summary>
    [Id(2)] public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The moment by which the session ends, used or not.</summary>
    [Id(3)] public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The browser that signed in.</summary>
    [Id(4)] public required ClientInfo Client { get; init; }

    // 5 was the subject.

    /// <summary>Whether the session could be read. Of one that could not, only its start and the latest moment of its end are known.</summary>
    [Id(6)] public bool IsReadable { get; init; } = true;
}
