namespace OrleansSessions;

/// <summary>The names of the interfaces by which grains are called. They are part of every call: never change one.</summary>
internal static class GrainInterfaceTypes
{
    /// <summary>The type of <see cref="ISessionGrain"/>.</summary>
    public const string Session = "OrleansSessions.ISessionGrain";

    /// <summary>The type of <see cref="IUserSessionsGrain"/>.</summary>
    public const string UserSessions = "OrleansSessions.IUserSessionsGrain";

    /// <summary>The type of <see cref="ILeaseHolder"/>.</summary>
    public const string LeaseHolder = "OrleansSessions.ILeaseHolder";

    /// <summary>The type of <see cref="ISiloHealthGrain"/>.</summary>
    public const string SiloHealth = "OrleansSessions.ISiloHealthGrain";

    /// <summary>The type of <see cref="ISessionDataGrain"/>.</summary>
    public const string SessionData = "OrleansSessions.ISessionDataGrain";
}
