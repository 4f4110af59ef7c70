namespace OrleansSessions.Grains;

/// <summary>The uses of sessions that front ends have noted in the store, beside the records; docs/protocol.md says what for.</summary>
internal interface IUseNotes
{
    /// <summary>When a session was last used, as far as a note says, by the store's clock; null where there is none.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    Task<DateTimeOffset?> ReadAsync(GrainId session);
}

/// <summary>For stores that front ends do not reach: they ask the grain, which sees each use.</summary>
internal sealed class NoUseNotes : IUseNotes
{
    public Task<DateTimeOffset?> ReadAsync(GrainId session) => Task.FromResult<DateTimeOffset?>(null);
}
