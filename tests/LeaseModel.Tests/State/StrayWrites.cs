namespace OrleansSessions.LeaseModel.Tests;

/// <summary>The writes on their way to the store that nobody waits for any more.</summary>
/// <remarks>One of each kind is enough: all expect the stored etag, since the others are as good as refused, and the first to land voids the rest.</remarks>
[Flags]
internal enum StrayWrites
{
    None = 0,
    Revocation = 1 << 0,
    Rotation = 1 << 1,
    LastSeen = 1 << 2,
}
