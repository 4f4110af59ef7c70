namespace OrleansSessions.Grains;

/// <summary>What a silo has last seen of its store.</summary>
internal interface IStoreHealth
{
    /// <summary>Whether the store answered when it was last asked.</summary>
    StoreStatus Status { get; }
}
