namespace OrleansSessions.LocalCluster.Store;

/// <summary>Where the cluster keeps its sessions while it runs.</summary>
internal interface IStore : IDisposable
{
    /// <summary>The Redis connection string.</summary>
    string Redis { get; }

    /// <summary>The name of the cluster of silos on this store.</summary>
    string ClusterId { get; }

    /// <summary>What it is, for the user.</summary>
    string Description { get; }
}
