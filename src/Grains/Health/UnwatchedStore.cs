namespace OrleansSessions.Grains;

/// <summary>For stores that nobody watches.</summary>
internal sealed class UnwatchedStore : IStoreHealth
{
    public StoreStatus Status => StoreStatus.Answers;
}
