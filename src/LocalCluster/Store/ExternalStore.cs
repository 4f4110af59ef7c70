using OrleansSessions.Redis;

namespace OrleansSessions.LocalCluster.Store;

/// <summary>A Redis of the user's. Silos of other processes may be on it: they make one cluster with these.</summary>
internal sealed class ExternalStore(string redis) : IStore
{
    public string Redis => redis;

    public string ClusterId => "orleans-sessions";

    public string Description => $"Redis at {StoreAddress.Describe(StoreAddress.Read(redis))}";

    public void Dispose()
    {
    }
}
