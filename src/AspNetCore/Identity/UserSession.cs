namespace OrleansSessions.AspNetCore;

/// <summary>A session in its user's list.</summary>
/// <param name="Id">The session's public ID.</param>
/// <param name="CreatedAt">When it started.</param>
/// <param name="LastSeenAt">The latest use that is known of.</param>
/// <param name="ExpiresAt">The moment by which it ends, used or not.</param>
/// <param name="UserAgent">The browser that signed in.</param>
/// <param name="Address">The address that it signed in from.</param>
/// <param name="IsCurrent">Whether the request is of this session.</param>
public sealed record UserSession(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? UserAgent, string? Address, bool IsCurrent)
{
    internal static UserSession Of(SessionDescription session, string? current) => new(
        session.SessionId,
        session.CreatedAt,
        session.LastSeenAt,
        session.ExpiresAt,
        session.Client.UserAgent,
        session.Client.Address,
        session.SessionId == current);
}
