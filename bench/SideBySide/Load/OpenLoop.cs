using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>Load at a fixed rate, whatever comes back and when.</summary>
/// <remarks>
/// Latency counts from the moment at which a request was due, so that a server that stalls is charged for all that had
/// to wait, also for what could not be sent (no coordinated omission).
/// </remarks>
internal static class OpenLoop
{
    /// <summary>Starts work when it is due, and waits for the last of it.</summary>
    /// <param name="perSecond">The rate.</param>
    /// <param name="duration">For how long to start new work.</param>
    /// <param name="work">Is given its number, and the timestamp at which it was due.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task RunAsync(double perSecond, TimeSpan duration, Func<int, long, Task> work, CancellationToken cancellationToken)
    {
        var count = (int)(perSecond * duration.TotalSeconds);
        var underWay = new Task[count];
        var started = Stopwatch.GetTimestamp();

        // A thread of its own: the pool's may all be busy with answers just when the next request is due.
        await Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < count; i++)
                {
                    var number = i;
                    var due = started + (long)(i / perSecond * Stopwatch.Frequency);
                    SleepUntil(due);
                    cancellationToken.ThrowIfCancellationRequested();
                    underWay[i] = Task.Run(() => work(number, due), cancellationToken);
                }
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(underWay);
    }

    private static void SleepUntil(long due)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (left > TimeSpan.Zero)
        {
            // Sleeps count in milliseconds. Rounded up: a late start counts as latency, an early one would hide some.
            Thread.Sleep((int)Math.Ceiling(left.TotalMilliseconds));
        }
    }
}
