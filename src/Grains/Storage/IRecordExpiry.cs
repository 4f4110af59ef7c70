namespace OrleansSessions.Grains;

/// <summary>Lets the store collect a session record once nobody can ask for it any more.</summary>
/// <remarks>Garbage collection only: whether a session is active is decided from the times it holds.</remarks>
public interface IRecordExpiry
{
    /// <summary>Sets the time to live of a session's record. Never fails: a record that is kept too long does no harm.</summary>
    Task ExpireAsync(GrainId session, TimeSpan timeToLive);
}

/// <summary>For stores without a time to live of single records.</summary>
internal sealed class NoRecordExpiry : IRecordExpiry
{
    public Task ExpireAsync(GrainId session, TimeSpan timeToLive) => Task.CompletedTask;
}
