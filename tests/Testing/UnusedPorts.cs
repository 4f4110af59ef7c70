using Orleans.TestingHost;

namespace OrleansSessions.Testing;

/// <summary>Numbers that tell one silo from another. Nothing listens on them: a cluster in one process talks through memory.</summary>
/// <remarks>To look for ports that are free reads all connections of the machine, for every cluster.</remarks>
internal sealed class UnusedPorts : ITestClusterPortAllocator
{
    private const int First = 1_024;
    private const int Count = 30_000;

    private static int _next;

    public (int, int) AllocateConsecutivePortPairs(int numPorts)
    {
        var silo = First + (int)((uint)Interlocked.Add(ref _next, numPorts) % (Count - numPorts));
        return (silo, silo + Count);
    }

    public void Dispose()
    {
    }
}
