namespace OrleansSessions.History.Tests;

/// <summary>The truth about one session, in milliseconds.</summary>
internal sealed class SimulatedSession(string subject, string id, int bornAt)
{
    public string Subject { get; } = subject;

    public string Id { get; } = id;

    public int BornAt { get; } = bornAt;

    public Lifetime Life { get; } = new(bornAt);

    public List<(string Label, Lifetime Life)> Secrets { get; } = [($"{id}/0", new Lifetime(bornAt))];
}

/// <summary>From when on something holds, and when it ends: in the store at one moment, at each front end at its own, later one.</summary>
internal sealed class Lifetime(int bornAt)
{
    private readonly int[] _seenEndingAt = [.. Enumerable.Repeat(int.MaxValue, Simulator.FrontEnds)];
    private int _endsAt = int.MaxValue;

    public bool IsStored(int at) => bornAt <= at && at < _endsAt;

    public bool IsAccepted(int at, int frontEnd) => bornAt <= at && at < _seenEndingAt[frontEnd];

    /// <summary>Ends it at a time, and for each front end no later than the end of the call.</summary>
    public void End(int at, int lag, int callEnd)
    {
        _endsAt = Math.Min(_endsAt, at);
        for (var frontEnd = 0; frontEnd < _seenEndingAt.Length; frontEnd++)
        {
            var seen = at + (lag * (frontEnd + 3) % (callEnd - at + 1));
            _seenEndingAt[frontEnd] = Math.Min(_seenEndingAt[frontEnd], seen);
        }
    }
}
