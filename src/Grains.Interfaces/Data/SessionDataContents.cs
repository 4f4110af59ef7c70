using System.Collections.Immutable;

namespace OrleansSessions;

/// <summary>Session data, as a request loads it.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataContents")]
public sealed record SessionDataContents
{
    /// <summary>Whether the request may have it. Without that, there are no entries.</summary>
    [Id(0)] public required SessionDataStatus Status { get; init; }

    /// <summary>The public ID of the data; null where nothing is stored.</summary>
    [Id(1)] public string? DataId { get; init; }

    /// <summary>Grows when the data ends.</summary>
    [Id(2)] public required int Generation { get; init; }

    /// <summary>The entries, in no order.</summary>
    [Id(3)] public ImmutableArray<SessionDataEntry> Entries { get; init; } = [];
}

/// <summary>One entry.</summary>
/// <param name="Name">A name that the front end derived from the key.</param>
/// <param name="Value">Key and value, sealed.</param>
/// <param name="Version">The number of the commit that last changed it.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionDataEntry")]
public sealed record SessionDataEntry([property: Id(0)] string Name, [property: Id(1)] byte[] Value, [property: Id(2)] long Version)
{
    /// <summary>Nothing of the contents.</summary>
    public override string ToString() => nameof(SessionDataEntry);
}
