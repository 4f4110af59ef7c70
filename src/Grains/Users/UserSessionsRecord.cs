using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansSessions.Grains;

/// <summary>A user's index of sessions, as it is stored. Names and numbers are part of the stored form.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.UserSessionsRecord")]
internal sealed record UserSessionsRecord
{
    public const int CurrentVersion = 1;

    [Id(0), JsonPropertyName("v")] public int Version { get; init; } = CurrentVersion;

    /// <summary>The sessions that may be live, oldest first.</summary>
    [Id(1), JsonPropertyName("sessions")] public ImmutableArray<IndexedSession> Sessions { get; init; } = [];

    /// <summary>The stamp that sign-ins must carry; null while any will do.</summary>
    [Id(2), JsonPropertyName("stamp")] public string? SecurityStamp { get; init; }

    [JsonIgnore] public bool IsEmpty => Sessions.IsEmpty && SecurityStamp is null;

    public bool Contains(string sessionId) => Sessions.Any(session => session.SessionId == sessionId);

    public UserSessionsRecord With(IndexedSession session) =>
        this with { Sessions = [.. Sessions.Where(other => other.SessionId != session.SessionId).Append(session).OrderBy(each => each.CreatedAt)] };

    public UserSessionsRecord Without(IReadOnlyCollection<string> sessionIds) =>
        this with { Sessions = Sessions.RemoveAll(session => sessionIds.Contains(session.SessionId)) };

    public UserSessionsRecord WithoutExpired(DateTimeOffset now) =>
        this with { Sessions = Sessions.RemoveAll(session => session.ExpiresAt <= now) };
}

/// <summary>One entry of the index.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.IndexedSession")]
internal sealed record IndexedSession(
    [property: Id(0), JsonPropertyName("id")] string SessionId,
    [property: Id(1), JsonPropertyName("created")] DateTimeOffset CreatedAt,
    [property: Id(2), JsonPropertyName("expires")] DateTimeOffset ExpiresAt);
