namespace OrleansSessions.Grains.Interfaces;

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

    /// <summary>The user it belongs to.</summary>
    [Id(5)] public required string Subject { get; init; }
}
