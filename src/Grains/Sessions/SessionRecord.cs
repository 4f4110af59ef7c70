using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSessions.Grains;

/// <summary>A session, as it is stored. Names and numbers are part of the stored form: never change or reuse one.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionRecord")]
internal sealed record SessionRecord : IVersionedRecord
{
    /// <summary>The form that this code writes.</summary>
    public const int CurrentVersion = StoredSessionNames.Version;

    /// <summary>What stands for a session of which nothing is stored.</summary>
    public static SessionRecord Unused { get; } = new();

    /// <summary>The stored form; zero where nothing is stored.</summary>
    [Id(0), JsonPropertyName(StoredSessionNames.VersionName)] public int Version { get; init; }

    [Id(1), JsonPropertyName(StoredSessionNames.Subject)] public string Subject { get; init; } = "";

    [Id(2), JsonPropertyName(StoredSessionNames.SecretHash), JsonConverter(typeof(StoredSecretHash))] public SecretHash? SecretHash { get; init; }

    /// <summary>The secret's hash before the latest rotation, to tell theft by.</summary>
    [Id(3), JsonPropertyName("prev"), JsonConverter(typeof(StoredSecretHash))] public SecretHash? PreviousSecretHash { get; init; }

    [Id(4), JsonPropertyName("rotated")] public DateTimeOffset? RotatedAt { get; init; }

    [Id(5), JsonPropertyName(StoredSessionNames.Ticket)] public byte[] Ticket { get; init; } = [];

    [Id(6), JsonPropertyName(StoredSessionNames.CreatedAt)] public DateTimeOffset CreatedAt { get; init; }

    [Id(7), JsonPropertyName(StoredSessionNames.AuthenticatedAt)] public DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>The latest use at the time of the latest write; the activation may know of a later one.</summary>
    [Id(8), JsonPropertyName(StoredSessionNames.LastSeenAt)] public DateTimeOffset LastSeenAt { get; init; }

    [Id(9), JsonPropertyName(StoredSessionNames.ExpiresAt)] public DateTimeOffset ExpiresAt { get; init; }

    [Id(10), JsonPropertyName(StoredSessionNames.IdleTimeout)] public TimeSpan? IdleTimeout { get; init; }

    [Id(11), JsonPropertyName(StoredSessionNames.RememberMe)] public bool RememberMe { get; init; }

    [Id(12), JsonPropertyName("agent")] public string? UserAgent { get; init; }

    [Id(13), JsonPropertyName("address")] public string? Address { get; init; }

    /// <summary>Grows with each change to what a validation answers.</summary>
    [Id(14), JsonPropertyName(StoredSessionNames.Revision)] public int Revision { get; init; }

    // 15 and "owned" stand in records of earlier silos.

    /// <summary>Why the session ended; none while it has not.</summary>
    [Id(16), JsonPropertyName(StoredSessionNames.EndedBy)] public RevocationReason EndedBy { get; init; }

    [Id(17), JsonPropertyName("endedAt")] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>For how long the session may wait for its first use; null once it was used.</summary>
    [Id(18), JsonPropertyName(StoredSessionNames.UnusedTimeout)] public TimeSpan? UnusedTimeout { get; init; }

    /// <summary>Whether the claims must be made again before any request is answered with them.</summary>
    [Id(19), JsonPropertyName(StoredSessionNames.AreClaimsOutdated)] public bool AreClaimsOutdated { get; init; }

    /// <summary>Why the session ended, in the application's own words; null for none.</summary>
    [Id(20), JsonPropertyName("endedFor"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? EndedFor { get; init; }

    /// <summary>The keys of the data that ends with the session, also of a session that has ended; null for none.</summary>
    [Id(21), JsonPropertyName("data"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ImmutableArray<string>? Data { get; init; }

    /// <summary>What a newer release has stored besides, to be stored again.</summary>
    [JsonExtensionData]
    [field: NonSerialized]
    public Dictionary<string, JsonElement>? Others { get; init; }

    [JsonIgnore] public bool IsUnused => Version == 0;

    [JsonIgnore] public bool IsSound => Version > 0 && (SecretHash is not null || IsEnded);

    /// <summary>How long the session may go unused, as far as its stored uses tell.</summary>
    [JsonIgnore] public TimeSpan? EffectiveIdleTimeout => UnusedTimeout ?? IdleTimeout;

    [JsonIgnore] public bool IsEnded => EndedBy != RevocationReason.None;

    [JsonIgnore] public bool IsActive => !IsUnused && !IsEnded;

    /// <summary>The record of a session that starts now.</summary>
    public static SessionRecord Start(SignInRequest request, SessionTimeouts timeouts, bool areClaimsOutdated, DateTimeOffset now) => new()
    {
        Version = CurrentVersion,
        Subject = request.Subject,
        SecretHash = request.SecretHash,
        Ticket = request.Ticket,
        CreatedAt = now,
        AuthenticatedAt = now,
        LastSeenAt = now,
        ExpiresAt = SessionExpiry.AbsoluteEnd(now, timeouts.Absolute, request.ExpiresAt),
        IdleTimeout = timeouts.Idle,
        UnusedTimeout = timeouts.Unused,
        RememberMe = request.RememberMe,
        UserAgent = request.Client.UserAgent,
        Address = request.Client.Address,
        AreClaimsOutdated = areClaimsOutdated,
    };

    /// <summary>The record with its secret replaced, which is a use of the session.</summary>
    public SessionRecord Rotate(RotationRequest request, DateTimeOffset now) => this with
    {
        SecretHash = request.Next,
        PreviousSecretHash = request.Current,
        RotatedAt = now,
        Ticket = request.Ticket,

        // Claims that were made again meanwhile are not to be undone.
        AreClaimsOutdated = request.Revision is { } revision && (AreClaimsOutdated || revision != Revision),
        AuthenticatedAt = request.Reauthenticated ? now : AuthenticatedAt,
        LastSeenAt = now,
        UnusedTimeout = null,
        Revision = Revision + 1,
    };

    /// <summary>The record with claims that must be made again.</summary>
    public SessionRecord OutdateClaims() => this with { AreClaimsOutdated = true, Revision = Revision + 1 };

    /// <summary>The record with claims that were made again.</summary>
    public SessionRecord RenewClaims(byte[] ticket) => this with { Ticket = ticket, AreClaimsOutdated = false, Revision = Revision + 1 };

    /// <summary>The record with a later use. It answers every validation as before.</summary>
    public SessionRecord WithUse(DateTimeOffset lastSeenAt) => this with { LastSeenAt = lastSeenAt, UnusedTimeout = null };

    /// <summary>The record with data that ends with the session. It answers every validation as before.</summary>
    /// <param name="dataKey">The key of the data.</param>
    /// <param name="disowned">The key of other data, for which this takes the place; null for none.</param>
    public SessionRecord WithData(string dataKey, string? disowned) =>
        this with { Data = [.. (Data ?? []).Where(key => key != disowned), dataKey] };

    /// <summary>Whether data ends with the session.</summary>
    public bool Owns(string dataKey) => Data is { } keys && keys.Contains(dataKey);

    /// <summary>The tombstone: what is needed to answer the holder of the token, and nothing else of the user.</summary>
    /// <param name="reason">Why it ends.</param>
    /// <param name="now">When.</param>
    /// <param name="latestRevision">The latest revision that the caller has seen, for a record that cannot be read.</param>
    /// <param name="reasonText">Why, in the application's own words; null for none.</param>
    public SessionRecord End(RevocationReason reason, DateTimeOffset now, int latestRevision, string? reasonText = null) => new()
    {
        Version = CurrentVersion,
        Subject = Subject,
        SecretHash = SecretHash,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        Revision = Math.Max(Revision, latestRevision) + 1,
        EndedBy = reason,
        EndedFor = reasonText,
        EndedAt = now,
        Data = Data,
    };

    /// <summary>Whether a secret is this session's, in a time that does not depend on how close it comes.</summary>
    public bool IsSecret(in SecretHash presented) => SecretHash is { } secret && secret.FixedTimeEquals(presented);

    /// <summary>Whether a secret is the one that the latest rotation replaced.</summary>
    public bool IsReplacedSecret(in SecretHash presented) => PreviousSecretHash is { } previous && previous.FixedTimeEquals(presented);

    /// <summary>The session as front ends see it.</summary>
    /// <param name="sessionId">The session's ID.</param>
    /// <param name="lastSeenAt">The latest use.</param>
    /// <param name="now">The moment by the store's clock.</param>
    /// <param name="knownRevision">The revision whose ticket the caller has.</param>
    public SessionInfo ToInfo(string sessionId, DateTimeOffset lastSeenAt, DateTimeOffset now, int? knownRevision = null) => new()
    {
        SessionId = sessionId,
        Subject = Subject,
        Ticket = knownRevision == Revision ? [] : Ticket,
        CreatedAt = CreatedAt,
        AuthenticatedAt = AuthenticatedAt,
        LastSeenAt = lastSeenAt,
        ExpiresAt = ExpiresAt,
        IdleTimeout = IdleTimeout,
        RememberMe = RememberMe,
        Revision = Revision,
        AuthenticationAge = now > AuthenticatedAt ? now - AuthenticatedAt : TimeSpan.Zero,
        AreClaimsOutdated = AreClaimsOutdated,
    };

    /// <summary>The session as its user's device list shows it.</summary>
    public SessionDescription ToDescription(string sessionId, DateTimeOffset lastSeenAt) => new()
    {
        SessionId = sessionId,
        CreatedAt = CreatedAt,
        LastSeenAt = lastSeenAt,
        ExpiresAt = ExpiresAt,
        Client = new ClientInfo(UserAgent, Address),
    };

    /// <summary>Nothing but the state: a record holds hashes and claims.</summary>
    public override string ToString() => IsUnused ? "unused" : IsEnded ? $"ended: {EndedBy}" : "active";
}
