using System.Runtime;

namespace OrleansSessions.Contenders;

/// <summary>What this process can tell of itself, in the words of <see cref="ServerStats"/>.</summary>
internal static class ThisProcess
{
    /// <summary>Its figures of this moment.</summary>
    /// <param name="requests">How many validations it has answered.</param>
    /// <param name="collect">Whether to collect garbage first.</param>
    public static ServerStats Measure(long requests, bool collect) => new()
    {
        Requests = requests,
        HeapBytes = MeasureHeap(collect),
        WorkingSetBytes = Environment.WorkingSet,
        CompilerMilliseconds = JitInfo.GetCompilationTime().TotalMilliseconds,
    };

    private static long MeasureHeap(bool collect)
    {
        if (collect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
