namespace OrleansSessions.WebFrontend;

/// <summary>Counts the event streams that each user has open here, so that none takes more than a share.</summary>
/// <remarks>By user, not by session: each stream asks again and again for all of the user's sessions.</remarks>
internal sealed class LivePlaces
{
    /// <summary>Enough for open tabs on some devices.</summary>
    public const int PerUser = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>Takes a place, until it is disposed of.</summary>
    /// <returns>The place; null where the user has all of their own.</returns>
    public IDisposable? TryTake(string subject)
    {
        lock (_lock)
        {
            var taken = _taken.GetValueOrDefault(subject);
            if (taken == PerUser)
            {
                return null;
            }

            _taken[subject] = taken + 1;
            return new Place(this, subject);
        }
    }

    private void GiveBack(string subject)
    {
        lock (_lock)
        {
            if (--_taken[subject] == 0)
            {
                _taken.Remove(subject);
            }
        }
    }

    private sealed class Place(LivePlaces places, string subject) : IDisposable
    {
        private bool _isGivenBack;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isGivenBack, true))
            {
                places.GiveBack(subject);
            }
        }
    }
}
