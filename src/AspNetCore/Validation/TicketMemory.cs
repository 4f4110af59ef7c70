namespace OrleansSessions.AspNetCore;

/// <summary>The memory that the tickets of all kept leases may take together.</summary>
internal sealed class TicketMemory(long maxBytes)
{
    private long _bytes;

    public bool IsFull => Volatile.Read(ref _bytes) >= maxBytes;

    /// <summary>Takes room for a ticket.</summary>
    /// <returns>False where there is no room, and nothing was taken.</returns>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= maxBytes)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _bytes, -bytes);
}
