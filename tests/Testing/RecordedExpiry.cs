using System.Collections.Concurrent;

using OrleansSessions.Grains;

namespace OrleansSessions.Testing;

/// <summary>Remembers the time to live that each record was given last.</summary>
public sealed class RecordedExpiry : IRecordExpiry
{
    private readonly ConcurrentDictionary<GrainId, TimeSpan> _timesToLive = new();

    public TimeSpan Of(GrainId session) => _timesToLive[session];

    public Task ExpireAsync(GrainId session, TimeSpan timeToLive)
    {
        _timesToLive[session] = timeToLive;
        return Task.CompletedTask;
    }
}
