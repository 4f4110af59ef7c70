using System.Diagnostics.CodeAnalysis;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Records as Orleans' own provider writes them, read in a way of our own.</summary>
/// <remarks>
/// The provider reads from whichever server is connected, a replica among them, and takes a record that it does not
/// understand for none. Writes and clears are its own: their compare-and-set is refused wherever it must not run.
/// </remarks>
internal sealed class RecordStorage(
    IGrainStorage provider,
    IRecordReads reads,
    ReplicaWait replicas,
    IGrainStorageSerializer serializer,
    IActivatorProvider activators,
    StoreFailures failures,
    string serviceId) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var reading = reads.ReadAsync(StoreKeys.Record(serviceId, grainId));
        await GuardAsync("read", grainId, reading);
        var (etag, data) = await reading;
        grainState.RecordExists = !(etag.IsNull && data.IsNull);
        if (!grainState.RecordExists)
        {
            grainState.State = activators.GetActivator<T>().Create();
            grainState.ETag = null;
            return;
        }

        // Of a damaged record, too: with it, the record can be replaced. Where there is none, the provider takes the empty text.
        grainState.ETag = etag.IsNull ? "" : (string?)etag;
        if (etag.IsNull || !TryDeserialize<T>(data, out var state))
        {
            failures.ReportDamaged(grainId);
            throw new UnreadableRecordException($"The record of {grainId} is damaged.");
        }

        grainState.State = state;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync("write", grainId, WriteAsync(stateName, grainId, grainState, cancellationToken));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        GuardAsync("clear", grainId, provider.ClearStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync("clear", grainId, provider.ClearStateAsync(stateName, grainId, grainState, cancellationToken));

    public void Participate(ISiloLifecycle observer) => (provider as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);

    private async Task WriteAsync<T>(string stateName, GrainId grain, IGrainState<T> state, CancellationToken cancellationToken)
    {
        await provider.WriteStateAsync(stateName, grain, state, cancellationToken);

        // A clear is not waited for: where it is lost, a user's index names sessions that have ended, as it may at any time.
        await replicas.ForRecordAsync(StoreKeys.Record(serviceId, grain), state.ETag ?? "");
    }

    private bool TryDeserialize<T>(RedisValue data, [NotNullWhen(true)] out T? state)
    {
        state = default;
        try
        {
            // Null where the text says null.
            state = data.IsNull ? default : serializer.Deserialize<T>(new BinaryData((ReadOnlyMemory<byte>)data));
        }
        catch (Exception)
        {
            // Whatever a serializer makes of bytes that it did not write. The text of the exception may quote them.
        }

        return state is not null;
    }

    private async Task GuardAsync(string operation, GrainId grain, Task storing)
    {
        try
        {
            await storing;
        }
        catch (Exception e) when (e is not (InconsistentStateException or OperationCanceledException))
        {
            throw failures.Report(operation, grain, e);
        }
    }
}
