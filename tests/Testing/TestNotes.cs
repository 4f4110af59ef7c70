using System.Collections.Concurrent;
using OrleansSessions.Grains;

namespace OrleansSessions.Testing;

/// <summary>The uses that are noted in the store, by front ends and by grains.</summary>
public sealed class TestNotes : IUseNotes
{
    private readonly ConcurrentDictionary<GrainId, DateTimeOffset> _uses = new();
    private int _reads;
    private int _writes;

    public bool IsDown { get; set; }

    /// <summary>Whether notes are read, and none is taken.</summary>
    public bool IsFull { get; set; }

    /// <summary>How often a note was asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>How often a grain has noted a use.</summary>
    public int Writes => Volatile.Read(ref _writes);

    public void Note(GrainId session, DateTimeOffset usedAt) => _uses[session] = usedAt;

    public Task<DateTimeOffset?> ReadAsync(GrainId session)
    {
        Interlocked.Increment(ref _reads);
        return IsDown
            ? throw new OrleansException("The store is down.")
            : Task.FromResult<DateTimeOffset?>(_uses.TryGetValue(session, out var usedAt) ? usedAt : null);
    }

    public Task<bool> TryWriteAsync(GrainId session, DateTimeOffset usedAt, TimeSpan lifetime)
    {
        var isTaken = !IsDown && !IsFull;
        if (isTaken)
        {
            Interlocked.Increment(ref _writes);
            Note(session, usedAt);
        }

        return Task.FromResult(isTaken);
    }
}
