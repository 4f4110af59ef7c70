using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A clock that can stop whoever reads it, right after the reading.</summary>
internal sealed class PausingClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private Action? _pause;
    private int _reads;
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _waits = new();

    /// <summary>How far the machine's wall clock is ahead of everybody else's.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>Has something happen between a reading of the monotonic clock and its use.</summary>
    public void AfterReads(int number, Action pause) => (_reads, _pause) = (number, pause);

    /// <summary>Waits until somebody has started to wait for so long.</summary>
    public Task UntilWaitedForAsync(TimeSpan length) => WaitFor(length).Task.WaitAsync(TimeSpan.FromSeconds(10));

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        WaitFor(dueTime).TrySetResult();
        return timer;
    }

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        if (Interlocked.Decrement(ref _reads) == 0)
        {
            _pause?.Invoke();
        }

        return now;
    }

    private TaskCompletionSource WaitFor(TimeSpan length) =>
        _waits.GetOrAdd(length, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
