namespace OrleansSessions.Grains;

/// <summary>The stored record of one session, behind compare-and-set.</summary>
internal sealed class SessionStore(IPersistentState<SessionRecord> state, LeaseBook leases, IRecordExpiry expiry, SessionOptions options)
{
    /// <summary>How long a record outlives what it is about, so that the store's collection never decides anything.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>The record as last read or written.</summary>
    public SessionRecord Record => state.State;

    /// <summary>Reads the record anew.</summary>
    public async Task RefreshAsync()
    {
        await state.ReadStateAsync();
        if (!state.RecordExists)
        {
            state.State = new SessionRecord();
        }

        leases.ObserveWindow(Record.OwnedUntil);
    }

    /// <summary>Replaces the record, if it is still the one that was read.</summary>
    /// <remarks>
    /// A write that failed may have landed, so nothing is known any more: the window closes and the exception goes on,
    /// which is for the grain to answer with its deactivation.
    /// </remarks>
    public async Task WriteAsync(SessionRecord next, GrainId grain, DateTimeOffset now)
    {
        var previous = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = previous;
            leases.CloseWindow();
            throw;
        }

        // Nobody waits for garbage collection; the storage's own entry expiry stands behind it.
        expiry.ExpireAsync(grain, TimeToLive(next, now)).Ignore();
    }

    private TimeSpan TimeToLive(SessionRecord record, DateTimeOffset now) => record.IsEnded
        ? options.TombstoneRetention
        : SessionExpiry.EndsAt(record.LastSeenAt, record.ExpiresAt, record.IdleTimeout) - now + Margin;
}
