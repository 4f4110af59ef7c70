namespace OrleansSessions.AspNetCore.Tests.Live;

internal static class CancellationTokenExtensions
{
    public static async Task UntilCancelledAsync(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
