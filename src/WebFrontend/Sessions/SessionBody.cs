namespace OrleansSessions.WebFrontend;

/// <summary>The session at hand.</summary>
internal sealed record SessionBody(
    string SessionId,
    string UserName,
    DateTimeOffset CreatedAt,
    DateTimeOffset AuthenticatedAt,
    long? IdleTimeoutSeconds,
    DateTimeOffset ExpiresAt,
    string FrontEnd)
{
    public static SessionBody Of(SessionInfo session, string userName, string frontEnd) => new(
        session.SessionId,
        userName,
        session.CreatedAt,
        session.AuthenticatedAt,
        (long?)session.IdleTimeout?.TotalSeconds,
        session.ExpiresAt,
        frontEnd);
}
