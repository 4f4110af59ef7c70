namespace OrleansSessions;

/// <summary>A front end's question whether a session is active.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.ValidationRequest")]
public sealed record ValidationRequest
{
    /// <summary>The hash of the presented secret.</summary>
    [Id(0)] public required SecretHash SecretHash { get; init; }

    /// <summary>How long ago this front end last answered for the session from memory; null where it has not, lately.</summary>
    /// <remarks>An age, so that the clocks of front ends do not matter.</remarks>
    [Id(1)] public TimeSpan? LastHitAge { get; init; }

    /// <summary>Who keeps the answer in memory if a lease comes with it; null for no lease.</summary>
    [Id(2)] public ILeaseHolder? Holder { get; init; }

    /// <summary>Whether this only keeps a lease from running out: no request is behind it, so it is not a use of the session.</summary>
    [Id(3)] public bool IsRenewal { get; init; }

    /// <summary>Whether several requests wait for the answer: a page that is being loaded, rather than a lone visit.</summary>
    [Id(4)] public bool IsShared { get; init; }

    /// <summary>The revision whose ticket this front end has; the answer leaves the ticket out where it is still the same.</summary>
    [Id(5)] public int? KnownRevision { get; init; }

    /// <summary>Nothing of the hash.</summary>
    public override string ToString() => nameof(ValidationRequest);
}
