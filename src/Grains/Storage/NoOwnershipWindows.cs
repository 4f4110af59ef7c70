namespace OrleansSessions.Grains;

/// <summary>For stores without windows: no lease is ever granted, and each validation is a read.</summary>
internal sealed class NoOwnershipWindows : IOwnershipWindows
{
    public Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length, bool isRenewal) => Task.FromResult<TimeSpan?>(null);

    public Task<TimeSpan> RestOfOthersAsync(GrainId session, string? owner) => Task.FromResult(TimeSpan.Zero);

    public Task ShortenAsync(GrainId session, string owner, TimeSpan rest) => Task.CompletedTask;
}
