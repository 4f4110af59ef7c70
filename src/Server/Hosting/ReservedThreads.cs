namespace OrleansSessions.Server;

/// <summary>Keeps threads for a silo whose process has others that block some.</summary>
/// <remarks>Where the pool has two threads, measured, a silo whose neighbours block them misses its probes, and is declared dead.</remarks>
internal static class ReservedThreads
{
    private const int Count = 32;

    public static void Ensure()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Count), completions);
    }
}
