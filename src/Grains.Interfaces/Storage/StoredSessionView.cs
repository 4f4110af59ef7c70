using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSessions;

/// <summary>What a front end reads of a stored session: the half of the record that answers a lone visit.</summary>
internal sealed class StoredSessionView
{
    /// <summary>How far from its end a session must be, for the clocks of front ends.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    [JsonInclude, JsonPropertyName(StoredSessionNames.VersionName)] internal int Version { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.Subject)] internal string? Subject { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.SecretHash), JsonConverter(typeof(StoredSecretHash))] internal SecretHash? Hash { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.Ticket)] internal byte[]? Ticket { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.CreatedAt)] internal DateTimeOffset CreatedAt { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.AuthenticatedAt)] internal DateTimeOffset AuthenticatedAt { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.LastSeenAt)] internal DateTimeOffset LastSeenAt { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.ExpiresAt)] internal DateTimeOffset ExpiresAt { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.IdleTimeout)] internal TimeSpan? IdleTimeout { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.UnusedTimeout)] internal TimeSpan? UnusedTimeout { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.RememberMe)] internal bool RememberMe { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.Revision)] internal int Revision { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.EndedBy)] internal int EndedBy { get; init; }

    [JsonInclude, JsonPropertyName(StoredSessionNames.AreClaimsOutdated)] internal bool AreClaimsOutdated { get; init; }

    /// <summary>Reads a stored record.</summary>
    /// <returns>Null where it cannot be read: the session's grain decides what it is.</returns>
    public static StoredSessionView? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredSessionContext.Default.StoredSessionView);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the record clearly says that the holder of a secret is signed in.</summary>
    /// <param name="presented">The presented secret's hash.</param>
    /// <param name="now">The moment by the store's clock.</param>
    public bool ClearlyAdmits(in SecretHash presented, DateTimeOffset now) =>
        Version == StoredSessionNames.Version
        && EndedBy == 0
        && !AreClaimsOutdated
        && Subject is { Length: > 0 }
        && Ticket is not null
        && Hash is { } hash && hash.FixedTimeEquals(presented)
        && ExpiresAt - now > Margin
        && ((UnusedTimeout ?? IdleTimeout) is not { } idle || (idle > Margin && now - LastSeenAt < idle - Margin));

    /// <summary>Whether a use at this moment is due to be noted.</summary>
    public bool IsUseDue(DateTimeOffset now) =>
        UnusedTimeout is not null || UseInterval.IsOver(now - LastSeenAt, IdleTimeout);

    /// <summary>For how long a note of a use at this moment may make a difference, and some more.</summary>
    public TimeSpan NoteLifetime(DateTimeOffset now) => UseInterval.NoteLifetime(now, ExpiresAt, IdleTimeout);

    /// <summary>The session as a validation answers it.</summary>
    public SessionInfo ToInfo(string sessionId, DateTimeOffset now) => new()
    {
        SessionId = sessionId,
        Subject = Subject ?? "",
        Ticket = Ticket ?? [],
        CreatedAt = CreatedAt,
        AuthenticatedAt = AuthenticatedAt,
        LastSeenAt = now > LastSeenAt ? now : LastSeenAt,
        ExpiresAt = ExpiresAt,
        IdleTimeout = IdleTimeout,
        RememberMe = RememberMe,
        Revision = Revision,
        AuthenticationAge = now > AuthenticatedAt ? now - AuthenticatedAt : TimeSpan.Zero,
    };
}
