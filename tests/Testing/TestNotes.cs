using System.Collections.Concurrent;
using OrleansSessions.Grains;

namespace OrleansSessions.Testing;

/// <summary>The uses that front ends have noted in the store.</summary>
public sealed class TestNotes : IUseNotes
{
    private readonly ConcurrentDictionary<GrainId, DateTimeOffset> _uses = new();
    private int _reads;

    public bool IsDown { get; set; }

    /// <summary>How often a note was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public void Note(GrainId session, DateTimeOffset usedAt) => _uses[session] = usedAt;

    public Task<DateTimeOffset?> ReadAsync(GrainId session)
    {
        Interlocked.Increment(ref _reads);
        return IsDown
            ? throw new OrleansException("The store is down.")
            : Task.FromResult<DateTimeOffset?>(_uses.TryGetValue(session, out var usedAt) ? usedAt : null);
    }
}
