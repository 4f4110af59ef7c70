namespace OrleansSessions.Grains;

/// <summary>A session, as its user's index sees it.</summary>
[Alias("OrleansSessions.IIndexedSession"), GrainInterfaceType(InternalNames.IndexedSession)]
internal interface IIndexedSession : IGrainWithStringKey
{
    /// <summary>Tells what the session is, from a read of the store or from memory inside its window. Ends it if it is over.</summary>
    [Alias("Describe")]
    ValueTask<IndexedSessionState> DescribeAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the session, as <see cref="ISessionGrain.RevokeAsync"/> does, and leaves the index to the caller. A session that is
    /// not stored yet can never start then. A damaged record is replaced.
    /// </summary>
    [Alias("End"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<RevocationResult> EndAsync(RevocationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Marks the claims as outdated. When this returns, no request is answered with them.</summary>
    /// <returns>Whether the session goes on with the mark, or has ended, or can never start.</returns>
    [Alias("OutdateClaims"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<IndexEntryFate> OutdateClaimsAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes sure that a session which never came to be never will, and tells what becomes of its entry.</summary>
    [Alias("Settle")]
    Task<IndexEntryFate> SettleAsync(CancellationToken cancellationToken = default);
}
