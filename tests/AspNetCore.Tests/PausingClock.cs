using Microsoft.Extensions.Time.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A clock that can stop whoever reads it, right after the reading.</summary>
internal sealed class PausingClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private Action? _pause;
    private int _reads;

    /// <summary>Has something happen between a reading of the monotonic clock and its use.</summary>
    public void AfterReads(int number, Action pause) => (_reads, _pause) = (number, pause);

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        if (Interlocked.Decrement(ref _reads) == 0)
        {
            _pause?.Invoke();
        }

        return now;
    }
}
