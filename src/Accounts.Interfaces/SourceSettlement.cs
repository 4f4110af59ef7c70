namespace OrleansSessions.Accounts;

/// <summary>What became of a place.</summary>
/// <param name="Source">The source.</param>
/// <param name="Place">The place.</param>
/// <param name="GiveBack">Whether the deed was harmless, and the place is free again.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SourceSettlement")]
public sealed record SourceSettlement([property: Id(0)] string Source, [property: Id(1)] long Place, [property: Id(2)] bool GiveBack);
