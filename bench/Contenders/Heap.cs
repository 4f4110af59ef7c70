namespace OrleansSessions.Contenders;

/// <summary>The managed heap of this process.</summary>
internal static class Heap
{
    /// <summary>Its size, after a full collection where one is asked for.</summary>
    public static long Measure(bool collect)
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
