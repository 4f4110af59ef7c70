using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>What one activation knows of its session, and the turns in which calls read and change it.</summary>
/// <remarks>
/// A call holds the gate while it touches the record. What is in memory counts as stored only where it must be: inside the
/// ownership window, once the session has ended, or where the store was asked since the call arrived.
/// </remarks>
internal sealed class SessionState(StoredSession stored, IUseNotes notes, GrainId session, SessionLeases leases, TimeProvider clock)
{
    private readonly AsyncGate _gate = new();
    private DateTimeOffset _seenAt;
    private DateTimeOffset _notedAt;
    private bool _isUsed;

    /// <inheritdoc cref="StoredSession.Record"/>
    public SessionRecord Record => stored.Record;

    /// <inheritdoc cref="StoredRecord{T}.IsDamaged"/>
    public bool IsDamaged => stored.IsDamaged;

    /// <inheritdoc cref="StoredSession.LatestRevision"/>
    public int LatestRevision => stored.LatestRevision;

    /// <inheritdoc cref="StoredRecord{T}.OperationsSent"/>
    public int OperationsSent => stored.OperationsSent;

    /// <summary>The moment by the store's clock.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The latest use that is known of.</summary>
    public LatestUse Use => new(_seenAt > Record.LastSeenAt ? _seenAt : Record.LastSeenAt, _isUsed || Record.UnusedTimeout is null);

    private DateTimeOffset StoredUse => _notedAt > Record.LastSeenAt ? _notedAt : Record.LastSeenAt;

    private bool IsUseNews => Use.SeenAt > StoredUse;

    private bool IsNoteDue => Use.IsUsed
        && ((Record.UnusedTimeout is not null && _notedAt == default) || UseInterval.IsOver(Use.SeenAt - StoredUse, Record.IdleTimeout));

    /// <summary>Takes the turn of a call, with the record as memory has it.</summary>
    public ValueTask<AsyncGate.Holder> EnterUnreadAsync(CancellationToken cancellationToken) => _gate.EnterAsync(cancellationToken);

    /// <summary>Takes the turn of a call, with the record as it was stored after the call arrived.</summary>
    public async Task<AsyncGate.Holder> EnterAsync(CancellationToken cancellationToken)
    {
        var arrival = stored.OperationsSent;
        var held = await _gate.EnterAsync(cancellationToken);
        return await KeepAsync(held, RefreshUnlessCurrentAsync(arrival));
    }

    /// <summary>Takes the turn of a call that will write: the etag of what is stored is known as well.</summary>
    public async Task<AsyncGate.Holder> EnterToChangeAsync(CancellationToken cancellationToken)
    {
        var held = await EnterAsync(cancellationToken);
        return await KeepAsync(held, stored.SettleUseAsync());
    }

    /// <summary>Reads the record, unless what is in memory must be what is stored.</summary>
    /// <param name="arrival">What <see cref="OperationsSent"/> was when the call arrived.</param>
    public async Task RefreshUnlessCurrentAsync(int arrival)
    {
        if (Record.IsEnded || leases.AnswerFromMemory || stored.IsCurrentSince(arrival))
        {
            return;
        }

        // Calls of the same burst are queued already: letting them arrive first spares them a read of their own.
        await Task.Yield();
        await stored.RefreshAsync();
    }

    /// <inheritdoc cref="StoredSession.RefreshAsync"/>
    public Task RefreshAsync() => stored.RefreshAsync();

    /// <inheritdoc cref="StoredSession.SettleUseAsync"/>
    public Task SettleUseAsync() => stored.SettleUseAsync();

    /// <summary>Changes the record.</summary>
    /// <exception cref="OrleansException">Another activation has changed it meanwhile, or the store did not answer: ask again.</exception>
    public async Task WriteAsync(SessionRecord next)
    {
        try
        {
            await stored.WriteAsync(next, Now);
        }
        catch (InconsistentStateException)
        {
            leases.DistrustMemory();
            throw new OrleansException("The session was changed meanwhile, by another activation.");
        }
        catch
        {
            leases.DistrustMemory();
            throw;
        }
    }

    /// <summary>Stores the record of a new session.</summary>
    /// <returns>False where the session ID has been used before: the write was refused, so nothing need be read first.</returns>
    public async Task<bool> TryCreateAsync(SessionRecord record)
    {
        try
        {
            await stored.WriteAsync(record, Now);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    /// <summary>Notes a use of the session.</summary>
    public void NoteUse(DateTimeOffset seenAt)
    {
        _isUsed = true;
        _seenAt = seenAt > _seenAt ? seenAt : _seenAt;
    }

    /// <summary>Learns of uses that are noted beside the record, where there may be some that would be due to be stored.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public async Task LearnOfUsesAsync()
    {
        if (Record.IsActive && (!Use.IsUsed || UseInterval.IsOver(Now - Use.SeenAt, Record.IdleTimeout)))
        {
            await ReadNoteAsync();
        }
    }

    /// <summary>Stores the latest use beside all that goes on, once per interval. Its failure costs no answer.</summary>
    public Task StoreUseIfDueAsync() =>
        stored.IsUseDue(Use.SeenAt) ? WriteUseAsync()
        : IsNoteDue ? StoreUseAsync()
        : Task.CompletedTask;

    /// <summary>Stores the latest use as the activation goes, unless a later one is stored.</summary>
    public async Task StoreLastUseAsync()
    {
        if (!Record.IsActive || !IsUseNews)
        {
            return;
        }

        try
        {
            // A front end may have noted a later one meanwhile.
            await ReadNoteAsync();
        }
        catch (OrleansException)
        {
            // What is noted stays as it is.
            return;
        }

        if (IsUseNews)
        {
            await StoreUseAsync();
        }
    }

    /// <exception cref="OrleansException">The record is damaged.</exception>
    public void ThrowIfDamaged()
    {
        if (IsDamaged)
        {
            throw new OrleansException("The session's record is damaged.");
        }
    }

    private async Task ReadNoteAsync()
    {
        if (await notes.ReadAsync(session) is { } usedAt)
        {
            _notedAt = usedAt < Now ? usedAt : Now;
            NoteUse(_notedAt);
        }
    }

    /// <summary>Stores the latest use where that costs least: beside the record, if the store has a place for it.</summary>
    private async Task StoreUseAsync()
    {
        var (before, usedAt) = (_notedAt, Use.SeenAt);
        _notedAt = usedAt;
        if (!await notes.TryWriteAsync(session, usedAt, UseInterval.NoteLifetime(usedAt, Record.ExpiresAt, Record.IdleTimeout)))
        {
            _notedAt = before;
            await WriteUseAsync();
        }
    }

    /// <summary>Stores the latest use in the record.</summary>
    private async Task WriteUseAsync()
    {
        if (await stored.StoreUseAsync(Use.SeenAt, Now) == WriteOutcome.Refused)
        {
            // Another activation has changed the record.
            leases.DistrustMemory();
        }
    }

    private static async Task<AsyncGate.Holder> KeepAsync(AsyncGate.Holder held, Task preparing)
    {
        try
        {
            await preparing;
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
