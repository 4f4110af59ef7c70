namespace OrleansSessions;

/// <summary>The outcome of a rotation: exactly one of several at once answers <see cref="SessionStatus.Active"/>.</summary>
/// <param name="Status">Active where the secret was replaced; otherwise what the session was to the caller.</param>
/// <param name="Session">The session, where the secret was replaced.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RotationResult")]
public sealed record RotationResult([property: Id(0)] SessionStatus Status, [property: Id(1)] SessionInfo? Session = null);
