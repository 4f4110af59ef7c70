using System.Collections.Immutable;

namespace OrleansSessions;

/// <summary>The changes that one request made.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataCommit")]
public sealed record SessionDataCommit
{
    /// <summary>A random number, by which a repeated call is recognised.</summary>
    [Id(0)] public required long CommitId { get; init; }

    /// <summary>The generation that the request loaded.</summary>
    [Id(1)] public required int Generation { get; init; }

    /// <summary>The public ID of the data, if it has none yet.</summary>
    [Id(2)] public required string DataId { get; init; }

    /// <summary>The use that a commit is.</summary>
    [Id(3)] public required SessionDataUse Use { get; init; }

    /// <summary>The entries to replace and to remove.</summary>
    [Id(4)] public required ImmutableArray<SessionDataChange> Changes { get; init; }

    /// <summary>How many bytes all entries may take together; <see cref="SessionDataLimits.MaxTotalBytes"/> at most.</summary>
    [Id(5)] public required int MaxTotalBytes { get; init; }

    /// <summary>Nothing of the contents: Orleans prints requests that time out.</summary>
    public override string ToString() => nameof(SessionDataCommit);
}

/// <summary>A change of one entry.</summary>
/// <param name="Name">The entry's name.</param>
/// <param name="Value">Its value from now on; null to remove it.</param>
/// <param name="ExpectedVersion">The version that it must have, zero for none; null for any.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataChange")]
public sealed record SessionDataChange(
    [property: Id(0)] string Name, [property: Id(1)] byte[]? Value, [property: Id(2)] long? ExpectedVersion = null)
{
    /// <summary>Nothing of the contents.</summary>
    public override string ToString() => nameof(SessionDataChange);
}

/// <summary>What became of a commit.</summary>
/// <param name="Status">Anything but available: nothing was written.</param>
/// <param name="Version">The version that the changed entries have now.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataCommitResult")]
public sealed record SessionDataCommitResult([property: Id(0)] SessionDataStatus Status, [property: Id(1)] long Version = 0);
