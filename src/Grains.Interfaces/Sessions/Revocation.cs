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

/// <summary>What a caller of a revocation waits for.</summary>
[GenerateSerializer, Alias("OrleansSessions.RevocationWait")]
public enum RevocationWait
{
    /// <summary>Until no front end accepts the session any more.</summary>
    EffectiveEverywhere = 0,

    /// <summary>Until the revocation cannot be lost; it is effective everywhere within <see cref="RevocationResult.EffectiveWithin"/>.</summary>
    Durable = 1,
}

/// <summary>The outcome of a revocation.</summary>
/// <param name="Status">What the session was: active means that this call ended it.</param>
/// <param name="EffectiveWithin">The time after which no front end accepts the session; zero: none does now.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RevocationResult")]
public sealed record RevocationResult([property: Id(0)] SessionStatus Status, [property: Id(1)] TimeSpan EffectiveWithin = default);
