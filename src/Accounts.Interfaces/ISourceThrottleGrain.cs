namespace OrleansSessions.Accounts;

/// <summary>Counts what sources of requests may do, for all front ends together. One grain counts a share of all sources.</summary>
/// <remarks>
/// In memory alone: a silo that dies takes its counts with it, which gives a source its places back once. What protects an
/// account outlives silos, and is counted by <see cref="IAccountGrain"/>. A share rather than a source is a grain, so that
/// strangers fill no memory: a grain forgets the first of too many.
/// </remarks>
[Alias("OrleansSessions.ISourceThrottleGrain"), GrainInterfaceType(AccountGrainInterfaceTypes.SourceThrottle)]
public interface ISourceThrottleGrain : IGrainWithStringKey
{
    /// <summary>Takes a place for a source, before the deed.</summary>
    [Alias("Reserve")]
    Task<SourcePlace> ReserveAsync(SourceReservation reservation, CancellationToken cancellationToken = default);

    /// <summary>Says what became of a place that was taken.</summary>
    [Alias("Settle")]
    Task SettleAsync(SourceSettlement settlement, CancellationToken cancellationToken = default);
}
