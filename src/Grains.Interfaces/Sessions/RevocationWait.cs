namespace OrleansSessions;

/// <summary>What a caller of a revocation waits for.</summary>
[GenerateSerializer, Alias("OrleansSessions.RevocationWait")]
public enum RevocationWait
{
    /// <summary>Until no front end accepts the session any more.</summary>
    EffectiveEverywhere = 0,

    /// <summary>Until the revocation cannot be lost; it is effective everywhere within <see cref="RevocationResult.EffectiveWithin"/>.</summary>
    Durable = 1,
}
