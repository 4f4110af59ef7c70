using OrleansSessions.Grains;

namespace OrleansSessions.Server;

/// <summary>Ownership windows in the memory of this process.</summary>
internal sealed class MemoryWindows(TimeProvider time) : IOwnershipWindows
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, Window> _windows = [];
    private readonly PriorityQueue<GrainId, long> _ends = new();

    public Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length, bool isRenewal)
    {
        lock (_gate)
        {
            ForgetPast();
            var rest = RestOfOthers(session, owner);
            var end = Math.Max(_windows.GetValueOrDefault(session).End, EndOf(length));
            _windows[session] = new Window(owner, end);
            _ends.Enqueue(session, end);
            return Task.FromResult<TimeSpan?>(rest);
        }
    }

    public Task<TimeSpan> RestOfOthersAsync(GrainId session, string? owner)
    {
        lock (_gate)
        {
            return Task.FromResult(RestOfOthers(session, owner));
        }
    }

    public Task ShortenAsync(GrainId session, string owner, TimeSpan rest)
    {
        lock (_gate)
        {
            if (_windows.TryGetValue(session, out var window) && window.Owner == owner)
            {
                _windows[session] = window with { End = EndOf(rest) };
                _ends.Enqueue(session, EndOf(rest));
            }
        }

        return Task.CompletedTask;
    }

    private TimeSpan RestOfOthers(GrainId session, string? owner) =>
        _windows.TryGetValue(session, out var window) && window.Owner != owner && window.End > time.GetTimestamp()
            ? time.GetElapsedTime(time.GetTimestamp(), window.End)
            : TimeSpan.Zero;

    private long EndOf(TimeSpan length) => time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);

    private void ForgetPast()
    {
        while (_ends.TryPeek(out var session, out var end) && end <= time.GetTimestamp())
        {
            _ends.Dequeue();
            if (_windows.TryGetValue(session, out var window) && window.End <= time.GetTimestamp())
            {
                _windows.Remove(session);
            }
        }
    }

    private readonly record struct Window(string Owner, long End);
}
