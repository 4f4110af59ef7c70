namespace OrleansSessions.LeaseModel.Tests;

/// <summary>A secret of the session: the one that it starts with, or the one that a rotation puts in its place.</summary>
internal enum Secret
{
    First,
    Second,
}

/// <summary>The session as it is stored.</summary>
/// <remarks>No two etags are alike, so of the etag that an activation holds only this matters: whether it is still the stored one.</remarks>
internal enum SessionRecord
{
    Tombstone,
    ActiveWithFirst,
    ActiveWithSecond,
}

internal static class SessionRecords
{
    public static bool IsActive(this SessionRecord record) => record != SessionRecord.Tombstone;

    public static bool IsActiveFor(this SessionRecord record, Secret secret) =>
        record == (secret == Secret.First ? SessionRecord.ActiveWithFirst : SessionRecord.ActiveWithSecond);
}
