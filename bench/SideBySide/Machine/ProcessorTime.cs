using System.Globalization;

namespace OrleansSessions.SideBySide;

/// <summary>The processor time of this machine since its start, as Linux counts it.</summary>
/// <param name="All">All of it, idle or not.</param>
/// <param name="Stolen">What the hypervisor gave to other machines while this one had work to do.</param>
internal readonly record struct ProcessorTime(long All, long Stolen)
{
    private const int Kinds = 8;

    /// <summary>Reads it.</summary>
    public static ProcessorTime Read()
    {
        // cpu user nice system idle iowait irq softirq steal; what follows is contained in those.
        var counts = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..(1 + Kinds)]
            .Select(count => long.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        return new ProcessorTime(counts.Sum(), counts[Kinds - 1]);
    }

    /// <summary>The share that was stolen between two moments.</summary>
    public double StolenSince(ProcessorTime earlier) => (double)(Stolen - earlier.Stolen) / Math.Max(1, All - earlier.All);
}
