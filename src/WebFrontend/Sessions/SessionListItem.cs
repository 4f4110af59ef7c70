namespace OrleansSessions.WebFrontend;

/// <summary>One of the user's sessions.</summary>
internal sealed record SessionListItem(
    string SessionId,
    bool Current,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    string? UserAgent,
    string? Address)
{
    public static SessionListItem Of(SessionDescription session, SessionInfo current) => new(
        session.SessionId,
        session.SessionId == current.SessionId,
        session.CreatedAt,
        session.LastSeenAt,
        session.ExpiresAt,
        session.Client.UserAgent,
        session.Client.Address);
}
