using System.Collections.Concurrent;
using Orleans.Storage;
using OrleansSessions.Grains;

namespace OrleansSessions.Testing;

/// <summary>Remembers the time to live that each record was written with last.</summary>
public sealed class RecordedExpiry(IGrainStorage store) : ISessionStorages
{
    private readonly ConcurrentDictionary<GrainId, TimeSpan> _timesToLive = new();

    public TimeSpan Of(GrainId session) => _timesToLive[session];

    public IGrainStorage Keeping(TimeSpan timeToLive) => new Step(this, store, timeToLive);

    private sealed class Step(RecordedExpiry expiry, IGrainStorage store, TimeSpan timeToLive) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            store.ReadStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await store.WriteStateAsync(stateName, grainId, grainState);
            expiry._timesToLive[grainId] = timeToLive;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            store.ClearStateAsync(stateName, grainId, grainState);
    }
}
