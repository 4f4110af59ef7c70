namespace OrleansSessions.Grains;

/// <summary>The index's answer to a registration.</summary>
/// <param name="Status">Whether the session was admitted.</param>
/// <param name="AreClaimsOutdated">Whether its claims may be older than a change that they must show.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.Admission")]
internal sealed record Admission([property: Id(0)] SignInStatus Status, [property: Id(1)] bool AreClaimsOutdated = false);
