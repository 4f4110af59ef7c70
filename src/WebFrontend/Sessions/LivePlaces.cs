namespace OrleansSessions.WebFrontend;

/// <summary>Counts the event streams that each session has open here, so that none takes more than its share.</summary>
internal sealed class LivePlaces
{
    /// <summary>Enough for some open tabs; a browser has six connections for all of them.</summary>
    public const int PerSession = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes a place, until it is disposed of.</summary>
    /// <returns>The place; null where the session has all of its own.</returns>
    public IDisposable? TryTake(string sessionId)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(sessionId);
            if (taken == PerSession)
            {
                return null;
            }

            _taken[sessionId] = taken + 1;
            return new Place(this, sessionId);
        }
    }

    private void GiveBack(string sessionId)
    {
        lock (_lock)
        {
            if (--_taken[sessionId] == 0)
            {
                _taken.Remove(sessionId);
            }
        }
    }

    private sealed class Place(LivePlaces places, string sessionId) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
            {
                places.GiveBack(sessionId);
            }
        }
    }
}
