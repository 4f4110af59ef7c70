namespace OrleansSessions;

/// <summary>A sign-in that its front end has given up.</summary>
/// <param name="SecretHash">The hash of the secret that the session was to be started with.</param>
/// <param name="Subject">The user.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.Abandonment")]
public sealed record Abandonment([property: Id(0)] SecretHash SecretHash, [property: Id(1)] string Subject);
