namespace OrleansSessions.Grains;

/// <summary>Addresses grains by what they are to each other.</summary>
internal static class InternalGrainFactoryExtensions
{
    private static readonly GrainType SessionType = GrainType.Create(GrainTypes.Session);
    private static readonly GrainType UserSessionsType = GrainType.Create(GrainTypes.UserSessions);
    private static readonly GrainType SessionDataType = GrainType.Create(GrainTypes.SessionData);
    private static readonly GrainInterfaceType IndexedSession = GrainInterfaceType.Create(InternalNames.IndexedSession);
    private static readonly GrainInterfaceType SessionIndex = GrainInterfaceType.Create(InternalNames.SessionIndex);
    private static readonly GrainInterfaceType BoundData = GrainInterfaceType.Create(InternalNames.BoundData);
    private static readonly GrainInterfaceType DataOwner = GrainInterfaceType.Create(InternalNames.DataOwner);

    /// <summary>A session, for its user's index.</summary>
    public static IIndexedSession GetIndexedSession(this IGrainFactory grains, string sessionId) =>
        (IIndexedSession)grains.GetGrain(GrainId.Create(SessionType, sessionId), IndexedSession);

    /// <summary>The index of a user, for that user's sessions.</summary>
    public static ISessionIndex GetSessionIndex(this IGrainFactory grains, string subject) =>
        (ISessionIndex)grains.GetGrain(GrainId.Create(UserSessionsType, subject), SessionIndex);

    /// <summary>Session data, for the session that it is bound to.</summary>
    public static IBoundData GetBoundData(this IGrainFactory grains, string key) =>
        (IBoundData)grains.GetGrain(GrainId.Create(SessionDataType, key), BoundData);

    /// <summary>A session, for the data that is bound to it.</summary>
    public static IDataOwner GetDataOwner(this IGrainFactory grains, string sessionId) =>
        (IDataOwner)grains.GetGrain(GrainId.Create(SessionType, sessionId), DataOwner);
}
