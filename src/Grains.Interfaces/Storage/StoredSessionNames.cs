namespace OrleansSessions;

/// <summary>The names in a session's stored form that its readers share. Never change or reuse one.</summary>
internal static class StoredSessionNames
{
    /// <summary>The stored form that this code reads and writes.</summary>
    public const int Version = 1;

    public const string VersionName = "v";
    public const string Subject = "sub";
    public const string SecretHash = "hash";
    public const string Ticket = "ticket";
    public const string CreatedAt = "created";
    public const string AuthenticatedAt = "authenticated";
    public const string LastSeenAt = "seen";
    public const string ExpiresAt = "expires";
    public const string IdleTimeout = "idle";
    public const string UnusedTimeout = "unused";
    public const string RememberMe = "remember";
    public const string Revision = "revision";
    public const string EndedBy = "ended";
    public const string AreClaimsOutdated = "outdated";
}
