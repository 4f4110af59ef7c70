using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace OrleansSessions.Server;

/// <summary>Records in the memory of this process, behind compare-and-set as in Redis.</summary>
/// <remarks>As texts: a grain must not hold what is stored, and what cannot be stored must fail here as well.</remarks>
internal sealed class MemoryStorage(IActivatorProvider activators) : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, Record> _records = new();
    private long _etags;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue(grainId, out var record);
        grainState.ETag = record?.ETag;
        grainState.State = record is null
            ? activators.GetActivator<T>().Create()
            : RecordSerializer.Instance.Deserialize<T>(record.Data);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = new Record(Interlocked.Increment(ref _etags).ToString(CultureInfo.InvariantCulture), RecordSerializer.Instance.Serialize(grainState.State));
        var isWritten = Current(grainId, grainState.ETag) is { } current
            ? _records.TryUpdate(grainId, next, current)
            : grainState.ETag is null && _records.TryAdd(grainId, next);
        ThrowUnless(isWritten, grainId, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (next.ETag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowUnless(Current(grainId, grainState.ETag) is { } current && _records.TryRemove(KeyValuePair.Create(grainId, current)), grainId, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private Record? Current(GrainId grain, string? etag) => _records.GetValueOrDefault(grain) is { } record && record.ETag == etag ? record : null;

    private static void ThrowUnless(bool isDone, GrainId grain, string? etag)
    {
        if (!isDone)
        {
            throw new InconsistentStateException($"The record of {grain} is another one by now.", "unknown", etag ?? "none");
        }
    }

    // By reference: two records are never one because their texts are alike.
    private sealed class Record(string etag, BinaryData data)
    {
        public string ETag => etag;

        public BinaryData Data => data;
    }
}
