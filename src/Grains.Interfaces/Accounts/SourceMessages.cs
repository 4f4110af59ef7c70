namespace OrleansSessions;

/// <summary>Asks for a place for a source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Limit">How many places it has in a window.</param>
/// <param name="Window">How long a window is.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SourceReservation")]
public sealed record SourceReservation([property: Id(0)] string Source, [property: Id(1)] int Limit, [property: Id(2)] TimeSpan Window);

/// <summary>A place, or its refusal.</summary>
/// <param name="Place">The place, to settle it by.</param>
/// <param name="RetryAfter">How long to wait for one; null where one was taken.</param>
/// <param name="IsUndecided">Whether one may become free sooner, because some are held by deeds under way.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SourcePlace")]
public sealed record SourcePlace([property: Id(0)] long Place, [property: Id(1)] TimeSpan? RetryAfter, [property: Id(2)] bool IsUndecided);

/// <summary>What became of a place.</summary>
/// <param name="Source">The source.</param>
/// <param name="Place">The place.</param>
/// <param name="GiveBack">Whether the deed was harmless, and the place is free again.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SourceSettlement")]
public sealed record SourceSettlement([property: Id(0)] string Source, [property: Id(1)] long Place, [property: Id(2)] bool GiveBack);
