using Orleans.Concurrency;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="ISiloHealthGrain"/>
/// <remarks>A stateless worker: it runs in the silo that the call reaches, and depends on no other silo.</remarks>
[GrainType(GrainTypes.SiloHealth), StatelessWorker(1), CollectionAgeLimit(Minutes = 0.6)]
internal sealed class SiloHealthGrain(IStoreHealth store) : Grain, ISiloHealthGrain
{
    public ValueTask<StoreStatus> CheckAsync(CancellationToken cancellationToken = default) => new(store.Status);
}
