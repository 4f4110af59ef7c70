namespace OrleansSessions;

/// <summary>The wish to end a session.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RevocationRequest")]
public sealed record RevocationRequest
{
    /// <summary>Why it ends.</summary>
    [Id(0)] public required RevocationReason Reason { get; init; }

    /// <summary>The hash of the session's secret, for a caller who may end the session only as its holder.</summary>
    [Id(1)] public SecretHash? ProofOfPossession { get; init; }

    /// <summary>When the call returns.</summary>
    [Id(2)] public RevocationWait Wait { get; init; }

    /// <summary>Why it ends, in the application's own words; null for none. <see cref="OrleansSessions.ReasonText"/> has the rule.</summary>
    [Id(3)] public string? ReasonText { get; init; }
}
