namespace OrleansSessions.Accounts;

/// <summary>A place, or its refusal.</summary>
/// <param name="Place">The place, to settle it by.</param>
/// <param name="RetryAfter">How long to wait for one; null where one was taken.</param>
/// <param name="IsUndecided">Whether one may become free sooner, because some are held by deeds under way.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SourcePlace")]
public sealed record SourcePlace([property: Id(0)] long Place, [property: Id(1)] TimeSpan? RetryAfter, [property: Id(2)] bool IsUndecided);
