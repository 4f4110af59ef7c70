using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>The stored record of one session, behind compare-and-set.</summary>
/// <remarks>
/// Not a persistent-state facet: that reads at every activation, also for a sign-in, whose write finds out by itself whether
/// the ID is new; and a read at activation comes too early for the calls that arrive during it.
/// </remarks>
internal sealed class SessionStore(IGrainStorage storage, GrainId grain, IRecordExpiry expiry, SessionOptions options)
{
    private const string StateName = "session";

    /// <summary>How long a record outlives what it is about, so that the store's collection never decides anything.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private readonly GrainState<SessionRecord> _state = new(SessionRecord.Unused);
    private int _sent;
    private int _proven;

    /// <summary>The record as last read or written.</summary>
    public SessionRecord Record => _state.State ?? SessionRecord.Unused;

    /// <summary>The present, in numbers of operations sent to the store.</summary>
    public int Now => _sent;

    /// <summary>Whether an operation that was sent after a moment has shown that the record is what is stored.</summary>
    /// <remarks>A read shows it, and so does a write that succeeds, since it is a compare-and-set.</remarks>
    /// <param name="moment">What <see cref="Now"/> was.</param>
    public bool IsCurrentSince(int moment) => _proven > moment;

    /// <summary>Reads the record anew.</summary>
    public async Task RefreshAsync()
    {
        var number = ++_sent;
        await storage.ReadStateAsync(StateName, grain, _state);
        if (!_state.RecordExists)
        {
            _state.State = SessionRecord.Unused;
        }

        _proven = number;
    }

    /// <summary>Replaces the record, if it is still the one that was read, or if nothing is stored and nothing was read.</summary>
    /// <remarks>
    /// A write that failed may have landed, so nothing is known any more: the exception goes on, which is for the grain to
    /// answer with its deactivation. Each write renews the storage's own entry expiry, which is longer than what the record
    /// is given after it, and stands behind that.
    /// </remarks>
    /// <param name="next">What to store.</param>
    /// <param name="now">The moment by the wall clock.</param>
    public async Task WriteAsync(SessionRecord next, DateTimeOffset now)
    {
        var number = ++_sent;
        var previous = Record;
        _state.State = next;
        try
        {
            await storage.WriteStateAsync(StateName, grain, _state);
        }
        catch
        {
            _state.State = previous;
            _proven = 0;
            throw;
        }

        _proven = number;

        // Nobody waits for garbage collection.
        expiry.ExpireAsync(grain, TimeToLive(next, now)).Ignore();
    }

    private TimeSpan TimeToLive(SessionRecord record, DateTimeOffset now) => record.IsEnded
        ? options.TombstoneRetention
        : SessionExpiry.EndsAt(record.LastSeenAt, record.ExpiresAt, record.IdleTimeout) - now + Margin;
}
