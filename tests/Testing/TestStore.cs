using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace OrleansSessions.Testing;

/// <summary>What a write meets in the store.</summary>
public enum StoreFault
{
    None,

    /// <summary>Refused, and not applied.</summary>
    Refused,

    /// <summary>Applied, but the answer is lost.</summary>
    AnswerLost,
}

/// <summary>A store with compare-and-set on etags, as Redis has it, that counts and can be made to fail.</summary>
/// <remarks>Two clusters that share one hold two activations of the same grain, which one cluster never lets a test do.</remarks>
/// <param name="clock">The store's own clock, by which windows end.</param>
public sealed class TestStore(TimeProvider clock) : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (string Etag, byte[] Data)> _records = new();
    private readonly ConcurrentDictionary<GrainId, StoreFault> _faults = new();
    private readonly ConcurrentDictionary<GrainId, string> _latePuts = new();
    private readonly ConcurrentDictionary<GrainId, int> _reads = new();
    private readonly ConcurrentDictionary<GrainId, int> _writes = new();
    private readonly TaskCompletionSource _firstHeldRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _holdsReads;
    private long _etags;

    public int Count => _records.Count;

    public TestWindows Windows { get; } = new(clock);

    public TestNotes Notes { get; } = new();

    public bool IsDown
    {
        get;
        set => field = Windows.IsDown = Notes.IsDown = value;
    }

    /// <summary>All that is stored, as text.</summary>
    public IEnumerable<string> Texts => _records.Values.Select(static record => System.Text.Encoding.UTF8.GetString(record.Data));

    /// <summary>Whose records are stored.</summary>
    public IEnumerable<GrainId> Grains => _records.Keys;

    public int ReadsOf(GrainId grain) => _reads.GetValueOrDefault(grain);

    public int WritesOf(GrainId grain) => _writes.GetValueOrDefault(grain);

    public string? TextOf(GrainId grain) => _records.TryGetValue(grain, out var record) ? System.Text.Encoding.UTF8.GetString(record.Data) : null;

    public void Put(GrainId grain, string json) => _records[grain] = (NextEtag(), System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>Lets a record appear just after the next read that finds none.</summary>
    public void PutAfterNextRead(GrainId grain, string json) => _latePuts[grain] = json;

    public bool Contains(GrainId grain) => _records.ContainsKey(grain);

    public void Remove(GrainId grain) => _records.TryRemove(grain, out _);

    public void FailNextWrite(GrainId grain, StoreFault fault) => _faults[grain] = fault;

    /// <summary>Completes when a read waits that is held.</summary>
    public Task FirstHeldRead => _firstHeldRead.Task;

    /// <summary>Lets reads wait, from now on, until they are released.</summary>
    public void HoldReads() => _holdsReads = true;

    /// <summary>Lets all reads through.</summary>
    public void ReleaseReads()
    {
        _holdsReads = false;
        _released.TrySetResult();
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_holdsReads)
        {
            _firstHeldRead.TrySetResult();
            await _released.Task;
        }

        ThrowIfDown();
        _reads.AddOrUpdate(grainId, 1, (_, n) => n + 1);
        var exists = _records.TryGetValue(grainId, out var record);
        grainState.RecordExists = exists;
        grainState.ETag = exists ? record.Etag : null;
        if (exists)
        {
            grainState.State = Deserialize<T>(grainId, record.Data);
        }
        else if (_latePuts.TryRemove(grainId, out var late))
        {
            Put(grainId, late);
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfDown();
        _faults.TryRemove(grainId, out var fault);
        if (fault == StoreFault.Refused)
        {
            throw new OrleansException("The store refused the write.");
        }

        var next = (Etag: NextEtag(), Data: JsonSerializer.SerializeToUtf8Bytes(grainState.State));
        lock (_records)
        {
            var isCurrent = _records.TryGetValue(grainId, out var record) ? record.Etag == grainState.ETag : grainState.ETag is null;
            if (!isCurrent)
            {
                throw new InconsistentStateException("Version conflict.");
            }

            _records[grainId] = next;
        }

        _writes.AddOrUpdate(grainId, 1, (_, n) => n + 1);
        if (fault == StoreFault.AnswerLost)
        {
            throw new OrleansException("The store's answer was lost.");
        }

        grainState.ETag = next.Etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfDown();
        lock (_records)
        {
            if (!_records.TryGetValue(grainId, out var record) || record.Etag != grainState.ETag)
            {
                throw new InconsistentStateException("Version conflict.");
            }

            _records.Remove(grainId, out _);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static T Deserialize<T>(GrainId grain, byte[] data)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(data) ?? throw new UnreadableRecordException($"The record of {grain} is empty.");
        }
        catch (JsonException e)
        {
            throw new UnreadableRecordException($"The record of {grain} is damaged.", e);
        }
    }

    private string NextEtag() => Interlocked.Increment(ref _etags).ToString(CultureInfo.InvariantCulture);

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new OrleansException("The store is down.");
        }
    }
}
