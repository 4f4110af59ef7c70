namespace OrleansSessions;

/// <summary>What a silo knows of its store.</summary>
[GenerateSerializer, Alias("OrleansSessions.StoreStatus")]
public enum StoreStatus
{
    /// <summary>The store answers.</summary>
    Answers = 0,

    /// <summary>The silo cannot reach the store. Leases go on, and what needs the store is unavailable.</summary>
    Unreachable = 1,
}
