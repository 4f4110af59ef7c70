using System.Collections.Concurrent;

namespace OrleansSessions.AspNetCore;

/// <summary>Tells those who hold something open for a session what happens to it.</summary>
internal sealed class SessionEvents
{
    private readonly ConcurrentDictionary<string, Action<SessionEvent>> _watchers = new(StringComparer.Ordinal);

    public void Add(string sessionId, Action<SessionEvent> watcher) =>
        _watchers.AddOrUpdate(sessionId, watcher, (_, others) => others + watcher);

    public void Remove(string sessionId, Action<SessionEvent> watcher)
    {
        while (_watchers.TryGetValue(sessionId, out var all))
        {
            var rest = all - watcher;
            var isDone = rest is null
                ? _watchers.TryRemove(KeyValuePair.Create(sessionId, all))
                : _watchers.TryUpdate(sessionId, rest, all);
            if (isDone)
            {
                return;
            }
        }
    }

    /// <summary>The session has ended.</summary>
    public void RaiseEnded(string sessionId, RevocationReason reason, string? reasonText) => Raise(sessionId, new(reason, reasonText));

    /// <summary>The session answers otherwise than before, or another of its secrets.</summary>
    public void RaiseChanged(string sessionId) => Raise(sessionId, new(RevocationReason.None, null));

    private void Raise(string sessionId, SessionEvent what)
    {
        if (_watchers.TryGetValue(sessionId, out var watchers))
        {
            watchers(what);
        }
    }
}
