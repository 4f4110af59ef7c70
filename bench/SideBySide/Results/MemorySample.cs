namespace OrleansSessions.SideBySide;

/// <summary>The memory of a silo at a moment.</summary>
/// <param name="Seconds">Since the first visit.</param>
/// <param name="Visits">Visits that were due until then.</param>
/// <param name="HeapBytes">Its managed heap, not collected for this.</param>
/// <param name="WorkingSetBytes">All of its memory that is in use.</param>
/// <param name="Activations">Grains of sessions and users in memory.</param>
internal sealed record MemorySample(double Seconds, long Visits, long HeapBytes, long WorkingSetBytes, int Activations);
