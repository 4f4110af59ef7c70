using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace OrleansSessions.Silo.Redis;

/// <summary>Lets the store's failures reach a front end as a type that it knows.</summary>
/// <remarks>
/// An exception travels with its type's name. A front end has no Redis storage, could not load the type, and would take
/// its own failure to read the answer for a fault: 500 in place of 503. A refused compare-and-set stays what it is.
/// </remarks>
internal sealed partial class TypedFailureStorage(IGrainStorage inner, ILogger<TypedFailureStorage> logger)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        GuardAsync("read", grainId, inner.ReadStateAsync(stateName, grainId, grainState));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync("read", grainId, inner.ReadStateAsync(stateName, grainId, grainState, cancellationToken));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        GuardAsync("write", grainId, inner.WriteStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync("write", grainId, inner.WriteStateAsync(stateName, grainId, grainState, cancellationToken));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        GuardAsync("clear", grainId, inner.ClearStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync("clear", grainId, inner.ClearStateAsync(stateName, grainId, grainState, cancellationToken));

    public void Participate(ISiloLifecycle observer) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);

    private async Task GuardAsync(string operation, GrainId grain, Task storing)
    {
        try
        {
            await storing;
        }
        catch (Exception e) when (e is not (InconsistentStateException or OperationCanceledException))
        {
            // Without the cause, which would travel with its type's name as well: it is in this log.
            LogFailed(logger, e, operation, grain);
            throw new OrleansException($"The session store could not {operation} the record of {grain}.");
        }
    }

    [LoggerMessage(EventId = 1, EventName = "StoreFailed", Level = LogLevel.Warning, Message = "The store could not {Operation} the record of {Grain}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string operation, GrainId grain);
}
