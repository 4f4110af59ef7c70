namespace OrleansSessions;

/// <summary>A session, and the proof that the caller's browser holds it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="SecretHash">The hash of the presented secret.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionProof")]
public sealed record SessionProof([property: Id(0)] string SessionId, [property: Id(1)] SecretHash SecretHash);
