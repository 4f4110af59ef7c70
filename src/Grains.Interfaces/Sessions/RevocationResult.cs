namespace OrleansSessions;

/// <summary>The outcome of a revocation.</summary>
/// <param name="Status">What the session was: active means that this call ended it.</param>
/// <param name="EffectiveWithin">The time after which no front end accepts the session; zero: none does now.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RevocationResult")]
public sealed record RevocationResult([property: Id(0)] SessionStatus Status, [property: Id(1)] TimeSpan EffectiveWithin = default);
