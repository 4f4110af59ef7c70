namespace OrleansSessions.Grains;

/// <summary>What a session tells its user's index.</summary>
/// <param name="Description">The session as a device list shows it; null where it is not active.</param>
/// <param name="IsUsed">Whether it has ever been used.</param>
/// <param name="EndsAt">When it ends if it is not used again, by the store's clock.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.IndexedSessionState")]
internal sealed record IndexedSessionState(
    [property: Id(0)] SessionDescription? Description,
    [property: Id(1)] bool IsUsed = false,
    [property: Id(2)] DateTimeOffset EndsAt = default)
{
    public static IndexedSessionState NotActive { get; } = new((SessionDescription?)null);
}
