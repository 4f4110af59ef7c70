namespace OrleansSessions.Server;

/// <summary>Lets a silo start only where it can do its work: Redis is there and fit for sessions.</summary>
internal sealed class StoreGate(StoreFitness store) : BeforeStart
{
    public override Task StartingAsync(CancellationToken cancellationToken) => store.WaitAsync(cancellationToken);
}
