using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSessions.Grains;

/// <summary>Session data, as it is stored. Names and numbers are part of the stored form: never change or reuse one.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataRecord")]
internal sealed record SessionDataRecord : IVersionedRecord
{
    public const int CurrentVersion = 1;

    /// <summary>How many commits are remembered, to recognise a repeated call by.</summary>
    private const int RememberedCommits = 16;

    /// <summary>What stands for data of which nothing is stored.</summary>
    public static SessionDataRecord None { get; } = new();

    [Id(0), JsonPropertyName("v")] public int Version { get; init; }

    /// <summary>The public ID; null before the first commit.</summary>
    [Id(1), JsonPropertyName("id")] public string? DataId { get; init; }

    /// <summary>Grows when the data ends.</summary>
    [Id(2), JsonPropertyName("generation")] public int Generation { get; init; }

    /// <summary>The session that the data is bound to; null for anonymous data.</summary>
    [Id(3), JsonPropertyName("bound")] public string? BoundTo { get; init; }

    /// <summary>How many commits there were.</summary>
    [Id(4), JsonPropertyName("commits")] public long Commits { get; init; }

    /// <summary>The latest use at the time of the latest write; the activation may know of a later one.</summary>
    [Id(5), JsonPropertyName("seen")] public DateTimeOffset LastSeenAt { get; init; }

    [Id(6), JsonPropertyName("idle")] public TimeSpan IdleTimeout { get; init; }

    [Id(7), JsonPropertyName("entries")] public ImmutableDictionary<string, StoredEntry> Entries { get; init; } = ImmutableDictionary<string, StoredEntry>.Empty;

    /// <summary>The latest commits, the oldest first.</summary>
    [Id(8), JsonPropertyName("recent")] public ImmutableArray<RecentCommit> Recent { get; init; } = [];

    /// <summary>What a newer release has stored besides, to be stored again.</summary>
    [JsonExtensionData]
    [field: NonSerialized]
    public Dictionary<string, JsonElement>? Others { get; init; }

    [JsonIgnore] public bool IsSound => Version > 0 && Entries is not null && !Recent.IsDefault;

    [JsonIgnore] public int Bytes => Entries.Sum(static entry => entry.Key.Length + entry.Value.Value.Length);

    /// <summary>The number that a commit had; null where it is not remembered.</summary>
    public long? VersionOf(long commitId) => Recent.FirstOrDefault(commit => commit.CommitId == commitId)?.Version;

    /// <summary>Whether each changed entry has the version that its change asks for.</summary>
    public bool Meets(ImmutableArray<SessionDataChange> changes) => changes.All(change =>
        change.ExpectedVersion is not { } expected || (Entries.TryGetValue(change.Name, out var entry) ? entry.Version : 0) == expected);

    /// <summary>The record with the changes of a commit. Entries that it does not name stay.</summary>
    public SessionDataRecord With(SessionDataCommit commit, DateTimeOffset now)
    {
        var number = Commits + 1;
        var entries = Entries.ToBuilder();
        foreach (var change in commit.Changes)
        {
            if (change.Value is { } value)
            {
                entries[change.Name] = new StoredEntry(value, number);
            }
            else
            {
                entries.Remove(change.Name);
            }
        }

        return this with
        {
            Version = CurrentVersion,
            DataId = DataId ?? commit.DataId,
            Commits = number,
            LastSeenAt = now,
            IdleTimeout = commit.Use.IdleTimeout,
            Entries = entries.ToImmutable(),
            Recent = [.. Recent.TakeLast(RememberedCommits - 1), new RecentCommit(commit.CommitId, number)],
        };
    }

    /// <summary>The record, bound to a session.</summary>
    public SessionDataRecord Bind(SessionDataBinding binding, DateTimeOffset now) => this with
    {
        Version = CurrentVersion,
        DataId = DataId ?? binding.DataId,
        BoundTo = binding.Session.SessionId,
        LastSeenAt = now,
        IdleTimeout = binding.IdleTimeout,
    };

    /// <summary>The record with a later use.</summary>
    public SessionDataRecord WithUse(DateTimeOffset seenAt) => this with { LastSeenAt = seenAt };

    /// <summary>What is left of the data when its session has ended: a later request may begin again.</summary>
    public SessionDataRecord End(DateTimeOffset now) => new()
    {
        Version = CurrentVersion,
        Generation = Generation + 1,
        Commits = Commits,
        LastSeenAt = now,
        IdleTimeout = IdleTimeout,
    };

    /// <summary>What is left of data that went unused for too long: a request that is still under way may begin again.</summary>
    public SessionDataRecord Expire() => new() { Version = Version, Generation = Generation, Commits = Commits, IdleTimeout = IdleTimeout };

    public override string ToString() => nameof(SessionDataRecord);
}

/// <summary>One entry, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.StoredEntry")]
internal sealed record StoredEntry(
    [property: Id(0), JsonPropertyName("d")] byte[] Value, [property: Id(1), JsonPropertyName("n")] long Version)
{
    public override string ToString() => nameof(StoredEntry);
}

/// <summary>A commit that was applied, and the version that its entries got.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RecentCommit")]
internal sealed record RecentCommit(
    [property: Id(0), JsonPropertyName("id")] long CommitId, [property: Id(1), JsonPropertyName("n")] long Version);
