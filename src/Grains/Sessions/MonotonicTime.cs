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
}
