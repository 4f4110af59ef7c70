using System.Collections.Concurrent;

namespace OrleansSessions.AspNetCore;

/// <summary>Tells those who hold something open for a session that it has ended.</summary>
internal sealed class SessionEvents
{
    private readonly ConcurrentDictionary<string, Action<RevocationReason, string?>> _watchers = new(StringComparer.Ordinal);

    public void Add(string sessionId, Action<RevocationReason, string?> onEnded) =>
        _watchers.AddOrUpdate(sessionId, onEnded, (_, others) => others + onEnded);

    public void Remove(string sessionId, Action<RevocationReason, string?> onEnded)
    {
        while (_watchers.TryGetValue(sessionId, out var all))
        {
            var rest = all - onEnded;
            var isDone = rest is null
                ? _watchers.TryRemove(KeyValuePair.Create(sessionId, all))
                : _watchers.TryUpdate(sessionId, rest, all);
            if (isDone)
            {
                return;
            }
        }
    }

    public void RaiseEnded(string sessionId, RevocationReason reason, string? reasonText)
    {
        if (_watchers.TryGetValue(sessionId, out var watchers))
        {
            watchers(reason, reasonText);
        }
    }
}
