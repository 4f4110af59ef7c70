namespace OrleansSessions.Grains;

/// <summary>A live session, as the limit sees it.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Replaces">The session that its browser held when it signed in.</param>
/// <param name="IsUsed">Whether it has ever been used.</param>
internal readonly record struct LiveSession(string SessionId, string? Replaces, bool IsUsed);
