namespace OrleansSessions.WebFrontend;

/// <summary>A user name and a password to sign in with.</summary>
internal sealed record SignInBody(string? UserName, string? Password, bool RememberMe = false)
{
    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(SignInBody);
}

/// <summary>The password of whoever is signed in.</summary>
internal sealed record ReauthenticationBody(string? Password)
{
    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(ReauthenticationBody);
}

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
