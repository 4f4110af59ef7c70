using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>Gives a session's record the storage that keeps it for as long as it is needed.</summary>
/// <remarks>
/// Garbage collection only: whether a session is active is decided from the times it holds. The time to live belongs to the
/// write itself, so no late command can shorten the life of a record that was written after it.
/// </remarks>
internal interface ISessionStorages
{
    /// <summary>The storage that keeps a record for at least <paramref name="timeToLive"/> after a write.</summary>
    /// <remarks>All of them read and replace the same record.</remarks>
    IGrainStorage Keeping(TimeSpan timeToLive);
}
