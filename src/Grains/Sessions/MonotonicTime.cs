namespace OrleansSessions.Grains;

/// <summary>Moments of the monotonic clock, which no correction of the wall clock moves.</summary>
internal static class MonotonicTime
{
    /// <summary>The moment that comes a while from now.</summary>
    public static long After(this TimeProvider time, TimeSpan span) =>
        time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>How long it is until a moment; zero for one that has passed.</summary>
    public static TimeSpan Until(this TimeProvider time, long moment)
    {
        var now = time.GetTimestamp();
        return moment <= now ? TimeSpan.Zero : time.GetElapsedTime(now, moment);
    }

    /// <summary>Waits until a moment has passed.</summary>
    public static async Task WaitUntilAsync(this TimeProvider time, long moment, CancellationToken cancellationToken)
    {
        // Timers count in milliseconds and may fire a fraction early, so the clock has the last word.
        while (time.Until(moment) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }
}
