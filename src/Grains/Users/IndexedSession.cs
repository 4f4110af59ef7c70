using System.Text.Json.Serialization;

namespace OrleansSessions.Grains;

/// <summary>One entry of a user's index. Names and numbers are part of the stored form.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.IndexedSession")]
internal sealed record IndexedSession(
    [property: Id(0), JsonPropertyName("id")] string SessionId,
    [property: Id(1), JsonPropertyName("created")] DateTimeOffset CreatedAt,
    [property: Id(2), JsonPropertyName("expires")] DateTimeOffset ExpiresAt)
{
    /// <summary>When the session ends if it is not used again, as far as the index was told; null where it was not.</summary>
    [Id(3), JsonPropertyName("ends")] public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether the session's end is stored. The entry stays until no front end accepts the session any more.</summary>
    [Id(4), JsonPropertyName("ending")] public bool IsEnding { get; init; }

    /// <summary>The session that the browser held when it signed in: of two with the same one, the browser keeps the later.</summary>
    [Id(5), JsonPropertyName("replaces")] public string? Replaces { get; init; }

    /// <summary>Whether the session may be over by now, so that it is worth asking.</summary>
    /// <param name="now">The moment by the store's clock.</param>
    public bool MayBeOver(DateTimeOffset now) => IsEnding || EndsAt is not { } end || end <= now;

    /// <summary>The session as a device list shows it where it cannot be read.</summary>
    public SessionDescription ToDescription() => new()
    {
        SessionId = SessionId,
        CreatedAt = CreatedAt,
        LastSeenAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        Client = new ClientInfo(null, null),
        IsReadable = false,
    };
}
