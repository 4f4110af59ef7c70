namespace OrleansSessions.Accounts;

/// <summary>Asks for a place for a source.</summary>
/// <param name="Source">The source.</param>
/// <param name="Limit">How many places it has in a window.</param>
/// <param name="Window">How long a window is.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SourceReservation")]
public sealed record SourceReservation([property: Id(0)] string Source, [property: Id(1)] int Limit, [property: Id(2)] TimeSpan Window);
