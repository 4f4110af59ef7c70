namespace OrleansSessions.Redis;

/// <summary>The wall clock of Redis: one for all silos, however far theirs are apart.</summary>
/// <remarks>
/// It goes on by this machine's monotonic time from where Redis's was last observed. Until that is observed, and where the
/// Redis user may not ask for it, it is this machine's. Timestamps and timers always are.
/// </remarks>
internal sealed class StoreClock(TimeProvider local) : TimeProvider
{
    private Observation? _latest;

    public override long TimestampFrequency => local.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => local.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref _latest) is { } latest
        ? latest.Time + local.GetElapsedTime(latest.Timestamp)
        : local.GetUtcNow();

    public override long GetTimestamp() => local.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        local.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes over what Redis said.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="sentAt">The timestamp from just before it was asked. It answered at some moment since.</param>
    public void Observe(DateTimeOffset time, long sentAt)
    {
        var half = local.GetElapsedTime(sentAt) / 2;
        Volatile.Write(ref _latest, new Observation(time + half, local.GetTimestamp()));
    }

    private sealed record Observation(DateTimeOffset Time, long Timestamp);
}
