namespace OrleansSessions;

/// <summary>A use of a session that its grain has not seen.</summary>
/// <param name="SecretHash">The hash of the presented secret.</param>
/// <param name="Age">How long ago it was.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.UseReport")]
public sealed record UseReport([property: Id(0)] SecretHash SecretHash, [property: Id(1)] TimeSpan Age)
{
    /// <summary>Nothing of the hash.</summary>
    public override string ToString() => nameof(UseReport);
}
