namespace OrleansSessions;

/// <summary>A front end, as the holder of leases: told to forget an answer that it keeps in memory.</summary>
[Alias("OrleansSessions.ILeaseHolder"), GrainInterfaceType(GrainInterfaceTypes.LeaseHolder)]
public interface ILeaseHolder : IGrainObserver
{
    /// <summary>Drops what is remembered of a session. To drop what is not remembered is not an error.</summary>
    [Alias("Drop")]
    Task DropAsync(LeaseDrop drop, CancellationToken cancellationToken = default);
}

/// <summary>Which session to forget, and why.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="EndedBy">Why it ended; <see cref="RevocationReason.None"/> where only its answer changed.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.LeaseDrop")]
public sealed record LeaseDrop([property: Id(0)] string SessionId, [property: Id(1)] RevocationReason EndedBy)
{
    /// <summary>Why it ended, in the application's own words; null for none.</summary>
    [Id(2)] public string? ReasonText { get; init; }
}
