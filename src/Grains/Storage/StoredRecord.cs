using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <summary>One grain's record in the store, behind compare-and-set.</summary>
/// <remarks>
/// Not a persistent-state facet: that reads at every activation, also for a call that need not know what is stored, and too
/// early for the calls that arrive during it. A failed operation leaves the activation as it is; what is stored is then
/// unknown until the next read.
/// </remarks>
/// <typeparam name="T">The record.</typeparam>
/// <param name="name">The state's name.</param>
/// <param name="grain">The grain.</param>
/// <param name="currentVersion">The stored form that this code writes.</param>
/// <param name="absent">What stands for a record that does not exist.</param>
internal sealed class StoredRecord<T>(string name, GrainId grain, int currentVersion, T absent)
    where T : class, IVersionedRecord
{
    private readonly GrainState<T> _state = new(absent);
    private (string? From, string? To) _latestAside;
    private int _sent;
    private int _proven;

    /// <summary>The record as last read or written.</summary>
    public T Value => _state.State ?? absent;

    /// <summary>Whether the store holds something that cannot be read. <see cref="Value"/> stands for an absent record then.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether a newer release wrote the record: this one reads it as far as it can, and does not change it.</summary>
    public bool IsOfNewerRelease => Value.Version > currentVersion;

    /// <summary>Whether anything has ever been read or written.</summary>
    public bool IsKnown => _proven > 0;

    /// <summary>How many operations have been sent to the store.</summary>
    public int OperationsSent => _sent;

    /// <summary>Whether an operation that was sent after a moment has shown that the record is what is stored.</summary>
    /// <remarks>A read shows it, and so does a write that succeeds, since it is a compare-and-set.</remarks>
    /// <param name="moment">What <see cref="OperationsSent"/> was.</param>
    public bool IsCurrentSince(int moment) => _proven > moment;

    /// <summary>Reads the record.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public async Task RefreshAsync(IGrainStorage storage)
    {
        var number = ++_sent;
        await ReadAsync(storage);
        _proven = number;
    }

    /// <summary>Reads what is probably stored. It proves nothing; a write that succeeds does.</summary>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public Task GuessAsync(IGrainStorage storage)
    {
        _sent++;
        return ReadAsync(storage);
    }

    private async Task ReadAsync(IGrainStorage storage)
    {
        try
        {
            await storage.ReadStateAsync(name, grain, _state);
            IsDamaged = _state.RecordExists && _state.State is not { IsSound: true };
        }
        catch (UnreadableRecordException)
        {
            IsDamaged = true;
        }

        if (!_state.RecordExists || IsDamaged)
        {
            _state.State = absent;
        }

        // The read may have been sent before a write aside, and answered after it.
        if (_state.ETag is { } etag && etag == _latestAside.From)
        {
            _state.ETag = _latestAside.To;
        }
    }

    /// <summary>Replaces the record, if it is still the one that was read, or if nothing is stored and nothing was read.</summary>
    /// <exception cref="InconsistentStateException">It is another one by now: nothing was written.</exception>
    /// <exception cref="OrleansException">The store did not answer: the write may have landed, or land yet.</exception>
    public async Task WriteAsync(IGrainStorage storage, T next)
    {
        var number = ++_sent;
        var (previous, wasDamaged) = (Value, IsDamaged);
        _state.State = next;
        try
        {
            await storage.WriteStateAsync(name, grain, _state);
        }
        catch
        {
            (_state.State, IsDamaged) = (previous, wasDamaged);
            _proven = 0;
            throw;
        }

        IsDamaged = false;
        _proven = number;
    }

    /// <summary>Removes the record, if it is still the one that was read.</summary>
    /// <inheritdoc cref="WriteAsync" path="/exception"/>
    public async Task ClearAsync(IGrainStorage storage)
    {
        var number = ++_sent;
        var previous = Value;
        try
        {
            await storage.ClearStateAsync(name, grain, _state);
        }
        catch
        {
            _state.State = previous;
            _proven = 0;
            throw;
        }

        _state.State = absent;
        _proven = number;
    }

    /// <summary>Replaces the record with one that answers every question in the same way, while other operations go on.</summary>
    /// <remarks>Its outcome proves nothing of what is stored, and its failure changes nothing that is known of the record but its etag.</remarks>
    /// <param name="storage">The storage.</param>
    /// <param name="change">Makes the next record of the present one.</param>
    public async Task<WriteOutcome> WriteAsideAsync(IGrainStorage storage, Func<T, T> change)
    {
        var from = _state.ETag;
        var aside = new GrainState<T>(change(Value), from) { RecordExists = _state.RecordExists };
        try
        {
            await storage.WriteStateAsync(name, grain, aside);
        }
        catch (InconsistentStateException)
        {
            return WriteOutcome.Refused;
        }
        catch (OrleansException)
        {
            return WriteOutcome.Unknown;
        }

        _latestAside = (from, aside.ETag);
        if (_state.ETag == from)
        {
            (_state.ETag, _state.State) = (aside.ETag, change(Value));
        }

        return WriteOutcome.Written;
    }
}
