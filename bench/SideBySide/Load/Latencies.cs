using System.Diagnostics;
using HdrHistogram;

namespace OrleansSessions.SideBySide;

/// <summary>Latencies, counted from when a request was due.</summary>
internal sealed class Latencies
{
    private readonly LongConcurrentHistogram _ticks = new(1, TimeStamp.Minutes(1), 3);

    /// <summary>How many there are.</summary>
    public long Count => _ticks.TotalCount;

    /// <summary>Notes that what was due has just been answered.</summary>
    public void Record(long due) => _ticks.RecordValue(Math.Max(1, Stopwatch.GetTimestamp() - due));

    /// <summary>In milliseconds.</summary>
    public double Percentile(double percentile) => _ticks.GetValueAtPercentile(percentile) * 1000.0 / Stopwatch.Frequency;
}
