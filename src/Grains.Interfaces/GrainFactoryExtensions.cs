namespace OrleansSessions;

/// <summary>Addresses the grains of the service.</summary>
/// <remarks>
/// By their names. <c>GetGrain&lt;T&gt;</c> works the names out from the attributes of the interface, by reflection, for each
/// reference each time, which takes a tenth of what a front end does for a call.
/// </remarks>
public static class GrainFactoryExtensions
{
    private static readonly GrainType SessionType = GrainType.Create(GrainTypes.Session);
    private static readonly GrainType UserSessionsType = GrainType.Create(GrainTypes.UserSessions);
    private static readonly GrainType SiloHealthType = GrainType.Create(GrainTypes.SiloHealth);
    private static readonly GrainType SessionDataType = GrainType.Create(GrainTypes.SessionData);
    private static readonly GrainInterfaceType SessionInterface = GrainInterfaceType.Create(GrainInterfaceTypes.Session);
    private static readonly GrainInterfaceType UserSessionsInterface = GrainInterfaceType.Create(GrainInterfaceTypes.UserSessions);
    private static readonly GrainInterfaceType SiloHealthInterface = GrainInterfaceType.Create(GrainInterfaceTypes.SiloHealth);
    private static readonly GrainInterfaceType SessionDataInterface = GrainInterfaceType.Create(GrainInterfaceTypes.SessionData);

    /// <summary>The session with an ID.</summary>
    public static ISessionGrain GetSession(this IGrainFactory grains, string sessionId) =>
        (ISessionGrain)grains.GetGrain(GrainId.Create(SessionType, sessionId), SessionInterface);

    /// <summary>The index of a user's sessions.</summary>
    public static IUserSessionsGrain GetUserSessions(this IGrainFactory grains, string subject) =>
        (IUserSessionsGrain)grains.GetGrain(GrainId.Create(UserSessionsType, subject), UserSessionsInterface);

    /// <summary>The health of the silo that the call reaches; another key may reach another silo.</summary>
    public static ISiloHealthGrain GetSiloHealth(this IGrainFactory grains, long key) =>
        (ISiloHealthGrain)grains.GetGrain(GrainId.Create(SiloHealthType, GrainIdKeyExtensions.CreateIntegerKey(key)), SiloHealthInterface);

    /// <summary>The session data with a key.</summary>
    public static ISessionDataGrain GetSessionData(this IGrainFactory grains, string key) =>
        (ISessionDataGrain)grains.GetGrain(GrainId.Create(SessionDataType, key), SessionDataInterface);
}
