namespace OrleansSessions;

/// <summary>The outcome of a sign-in.</summary>
/// <param name="Status">Whether the session was admitted.</param>
/// <param name="Session">The session, where it was.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionSignInResult")]
public sealed record SessionSignInResult([property: Id(0)] SignInStatus Status, [property: Id(1)] SessionInfo? Session = null);
