namespace OrleansSessions.Grains;

/// <summary>The latest use of a session: what is stored of it, and what the activation has seen since.</summary>
/// <param name="SeenAt">When; by the store's clock.</param>
/// <param name="IsUsed">Whether the session has ever been used.</param>
internal readonly record struct LatestUse(DateTimeOffset SeenAt, bool IsUsed);
