namespace OrleansSessions.Grains;

/// <summary>The grain storages that a silo must provide, under these names, which are nobody else's.</summary>
internal static class StorageNames
{
    /// <summary>Session records. They expire in the store some time after they have expired by the rules.</summary>
    public const string Sessions = "OrleansSessions/sessions";

    /// <summary>Users' indexes of sessions. They outlive their sessions.</summary>
    public const string UserSessions = "OrleansSessions/user-sessions";

    /// <summary>The same indexes, for changes in place; a silo may leave it out.</summary>
    /// <remarks>Its reads may be outdated, as the write that follows proves them. Its writes leave the end of a record in the store as it is.</remarks>
    public const string UserSessionsInPlace = UserSessions + "/in-place";

    /// <summary>Records that never expire, of grains that stand beside those of sessions.</summary>
    public const string Lasting = "OrleansSessions/lasting";

    /// <summary>The key of the <see cref="TimeProvider"/> by whose wall clock sessions are timed: one for all silos, the store's.</summary>
    public const string Clock = "OrleansSessions/store-clock";
}
