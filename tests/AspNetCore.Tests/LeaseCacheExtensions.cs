namespace OrleansSessions.AspNetCore.Tests;

internal static class LeaseCacheExtensions
{
    /// <summary>Validates from memory while a lease lasts, and by the session's grain otherwise.</summary>
    public static ValueTask<ValidationAnswer> ValidateAsync(this LeaseCache cache, SessionToken token, CancellationToken cancellationToken) =>
        cache.TryAnswer(token) is { } answer ? new(answer) : new(cache.AskAsync(token, cancellationToken));
}
