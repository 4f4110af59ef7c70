using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>The stored record of one session.</summary>
internal sealed class StoredSession(ISessionStorages storages, GrainId grain, LoginSessionOptions options)
{
    private readonly StoredRecord<SessionRecord> _stored = new("session", grain, SessionRecord.CurrentVersion, SessionRecord.Unused);
    private Task<WriteOutcome> _storingUse = Task.FromResult(WriteOutcome.Written);
    private bool _isEtagKnown = true;

    /// <inheritdoc cref="StoredRecord{T}.Value"/>
    public SessionRecord Record => _stored.Value;

    /// <inheritdoc cref="StoredRecord{T}.IsDamaged"/>
    public bool IsDamaged => _stored.IsDamaged;

    /// <inheritdoc cref="StoredRecord{T}.OperationsSent"/>
    public int OperationsSent => _stored.OperationsSent;

    /// <inheritdoc cref="StoredRecord{T}.IsCurrentSince"/>
    public bool IsCurrentSince(int moment) => _stored.IsCurrentSince(moment);

    /// <summary>Whether a use is due to be stored in the record itself, and can be now.</summary>
    /// <remarks>Front ends read the record, and not the notes beside it: by the record alone the session must not look idle.</remarks>
    public bool IsUseDue(DateTimeOffset seenAt) => CanStoreUse && seenAt - Record.LastSeenAt >= Record.EffectiveIdleTimeout / 2;

    private bool CanStoreUse => _storingUse.IsCompleted && _isEtagKnown && !_stored.IsOfNewerRelease;

    /// <summary>The highest revision that has been seen here, also where the record cannot be read now.</summary>
    public int LatestRevision { get; private set; }

    /// <inheritdoc cref="StoredRecord{T}.RefreshAsync"/>
    public async Task RefreshAsync()
    {
        await _stored.RefreshAsync(storages.Keeping(Retention.Margin));
        _isEtagKnown = true;
        LatestRevision = Math.Max(LatestRevision, Record.Revision);
    }

    /// <summary>Replaces the record, if it is still the one that was read, or if nothing is stored and nothing was read.</summary>
    /// <param name="next">What to store.</param>
    /// <param name="now">The moment by the store's clock.</param>
    /// <exception cref="InconsistentStateException">It is another one by now: nothing was written.</exception>
    /// <exception cref="OrleansException">
    /// The store did not answer: the write may have landed, or land yet. Or a newer release wrote the record, which this one
    /// only ends.
    /// </exception>
    public async Task WriteAsync(SessionRecord next, DateTimeOffset now)
    {
        if (_stored.IsOfNewerRelease && !next.IsEnded)
        {
            throw new OrleansException($"A newer release wrote the record of {grain}; this one does not change it.");
        }

        await _stored.WriteAsync(storages.Keeping(TimeToLive(next, now)), next);
        LatestRevision = Math.Max(LatestRevision, Record.Revision);
    }

    /// <summary>Stores a use beside all that goes on.</summary>
    /// <remarks>A use whose write failed is stored after the next read: until then, the etag of what is stored is unknown.</remarks>
    public Task<WriteOutcome> StoreUseAsync(DateTimeOffset seenAt, DateTimeOffset now)
    {
        if (CanStoreUse)
        {
            _storingUse = StoreAsync(storages.Keeping(TimeToLive(Record.WithUse(seenAt), now)));
        }

        return _storingUse;

        async Task<WriteOutcome> StoreAsync(IGrainStorage storage)
        {
            var outcome = await _stored.WriteAsideAsync(storage, record => record.WithUse(seenAt));
            _isEtagKnown &= outcome == WriteOutcome.Written;
            return outcome;
        }
    }

    /// <summary>Waits for a use that is being stored, and reads the record again where it is unknown whether it was.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public async Task SettleUseAsync()
    {
        await _storingUse;
        if (!_isEtagKnown)
        {
            await RefreshAsync();
        }
    }

    // A use that is only noted beside the record lets the session go on for another idle timeout.
    private TimeSpan TimeToLive(SessionRecord record, DateTimeOffset now) => record.IsEnded
        ? options.TombstoneRetention
        : SessionExpiry.EndsAt(record.LastSeenAt, record.ExpiresAt, 2 * record.IdleTimeout) - now + Retention.Margin;
}
