namespace OrleansSessions;

/// <summary>A use of session data by a request.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataUse")]
public sealed record SessionDataUse
{
    /// <summary>How long the data may go unused from now on.</summary>
    [Id(0)] public required TimeSpan IdleTimeout { get; init; }

    /// <summary>The session that the request was authenticated by; null for an anonymous one.</summary>
    [Id(1)] public string? SessionId { get; init; }
}
