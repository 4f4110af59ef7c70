using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OrleansSessions.History;

/// <summary>Takes down what many clients do at once. Starting and ending an operation take no lock.</summary>
/// <param name="time">The clock of all clients; a fake one does not tell the order of what happens in one tick.</param>
public sealed class HistoryRecorder(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _origin = (time ?? TimeProvider.System).GetTimestamp();
    private readonly ConcurrentQueue<PendingOperation> _operations = [];

    internal TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>One client's view of one front end.</summary>
    public RecordingClient Client(string name, string frontEnd) => new(this, name, frontEnd);

    /// <summary>All operations so far, in the order in which they started to be recorded. One without an end is unknown.</summary>
    public ImmutableArray<Operation> Snapshot() => [.. _operations.Select(pending => pending.Operation)];

    internal PendingOperation Start(Operation operation)
    {
        // The time is taken last, right before the request: an early start would excuse what must not be.
        var pending = new PendingOperation(this, operation with { Start = Now });
        _operations.Enqueue(pending);
        return pending;
    }
}
