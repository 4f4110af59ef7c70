namespace OrleansSessions;

/// <summary>The names under which grains are addressed and stored. They are part of the key of every stored record: never change one.</summary>
internal static class GrainTypes
{
    /// <summary>The type of <see cref="ISessionGrain"/>.</summary>
    public const string Session = "session";

    /// <summary>The type of <see cref="IUserSessionsGrain"/>.</summary>
    public const string UserSessions = "user-sessions";

    /// <summary>The type of <see cref="ISiloHealthGrain"/>.</summary>
    public const string SiloHealth = "silo-health";

    /// <summary>The type of <see cref="ISessionDataGrain"/>.</summary>
    public const string SessionData = "session-data";
}
