namespace OrleansSessions.LeaseModel.Tests;

/// <summary>A change to what a validation answers: a durable write, then the leases taken back.</summary>
internal enum Change
{
    Revocation,
    Rotation,
}

internal static class Changes
{
    /// <summary>What the change stores.</summary>
    public static SessionRecord Record(this Change change) =>
        change == Change.Revocation ? SessionRecord.Tombstone : SessionRecord.ActiveWithSecond;
}
