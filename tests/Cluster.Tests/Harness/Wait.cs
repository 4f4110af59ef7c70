using System.Diagnostics;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Waits for what a test needs, never for a time.</summary>
internal static class Wait
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a condition holds.</summary>
    /// <returns>How long that took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, TimeSpan atMost, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Period);
        do
        {
            if (await condition())
            {
                return Stopwatch.GetElapsedTime(started);
            }
        }
        while (Stopwatch.GetElapsedTime(started) < atMost && await timer.WaitForNextTickAsync());

        throw new TimeoutException($"Not within {atMost.TotalSeconds:0.#} s: {what}.");
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task<TimeSpan> UntilAsync(Func<bool> condition, TimeSpan atMost, string what) =>
        UntilAsync(() => Task.FromResult(condition()), atMost, what);
}
