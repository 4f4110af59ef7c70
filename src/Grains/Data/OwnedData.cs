using System.Collections.Immutable;

namespace OrleansSessions.Grains;

/// <summary>The data that ends with a session.</summary>
internal static class OwnedData
{
    /// <summary>Ends it. A session without data makes no call.</summary>
    public static Task EndAsync(IGrainFactory grains, ImmutableArray<string>? keys, string sessionId, CancellationToken cancellationToken) =>
        keys is { IsDefaultOrEmpty: false } several
            ? Task.WhenAll(several.Select(key => grains.GetBoundData(key).EndAsync(sessionId, cancellationToken)))
            : Task.CompletedTask;
}
