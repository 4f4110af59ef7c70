using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSessions.Grains;

/// <summary>A user's index of sessions, as it is stored. Names and numbers are part of the stored form.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.UserSessionsRecord")]
internal sealed record UserSessionsRecord : IVersionedRecord
{
    public const int CurrentVersion = 1;

    /// <summary>What stands for the index of a user without sessions.</summary>
    public static UserSessionsRecord None { get; } = new();

    [Id(0), JsonPropertyName("v")] public int Version { get; init; }

    /// <summary>The sessions that may be live, oldest first.</summary>
    [Id(1), JsonPropertyName("sessions")] public ImmutableArray<IndexedSession> Sessions { get; init; } = [];

    /// <summary>The stamp that sign-ins must carry; null while any will do.</summary>
    [Id(2), JsonPropertyName("stamp")] public string? SecurityStamp { get; init; }

    /// <summary>Another number after each change of the list.</summary>
    [Id(3), JsonPropertyName("changes")] public long Changes { get; init; }

    /// <summary>When the claims of the user's sessions were last marked as outdated, by the store's clock.</summary>
    [Id(4), JsonPropertyName("outdated")] public DateTimeOffset? ClaimsOutdatedAt { get; init; }

    /// <summary>Until when the store keeps the record at least, by its clock; null in records of earlier releases.</summary>
    [Id(5), JsonPropertyName("kept"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>What a newer release has stored besides, to be stored again.</summary>
    [JsonExtensionData]
    [field: NonSerialized]
    public Dictionary<string, JsonElement>? Others { get; init; }

    [JsonIgnore] public bool IsSound => Version > 0 && !Sessions.IsDefault;

    [JsonIgnore] public bool IsEmpty => Sessions.IsEmpty && SecurityStamp is null && ClaimsOutdatedAt is null;

    /// <summary>Whether the store keeps the record for long enough as it is: past the ends of all its sessions, and for most of its retention.</summary>
    /// <param name="now">The moment by the store's clock.</param>
    /// <param name="retention">For how long the store keeps a record that is written as a whole.</param>
    public bool IsKeptLongEnough(DateTimeOffset now, TimeSpan retention) =>
        KeptUntil is { } end && end - now > 3 * retention / 4 && Sessions.All(session => session.ExpiresAt <= end);

    public bool Contains(string sessionId) => Sessions.Any(session => session.SessionId == sessionId);

    public bool Accepts(string? stamp) => stamp is null || SecurityStamp is null || stamp == SecurityStamp;

    public UserSessionsRecord With(IndexedSession session) =>
        this with { Sessions = [.. Sessions.Where(other => other.SessionId != session.SessionId).Append(session).OrderBy(each => each.CreatedAt)] };

    public UserSessionsRecord Without(IReadOnlySet<string> sessionIds) =>
        this with { Sessions = Sessions.RemoveAll(session => sessionIds.Contains(session.SessionId)) };
}
