namespace OrleansSessions.Grains;

/// <summary>The uses of sessions that are noted in the store, beside the records; docs/protocol.md says what for.</summary>
internal interface IUseNotes
{
    /// <summary>When a session was last used, as far as a note says, by the store's clock; null where there is none.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    Task<DateTimeOffset?> ReadAsync(GrainId session);

    /// <summary>Notes a use of a session, in place of the note before.</summary>
    /// <param name="session">The session.</param>
    /// <param name="usedAt">The moment of the use, by the store's clock.</param>
    /// <param name="lifetime">For how long the note makes a difference.</param>
    /// <returns>False where the store did not take it, or has no place for notes.</returns>
    Task<bool> TryWriteAsync(GrainId session, DateTimeOffset usedAt, TimeSpan lifetime);
}
