namespace OrleansSessions.Accounts;

/// <summary>Counts what one source may do in a window of time, exactly, whatever comes at once.</summary>
/// <remarks>
/// A place is taken before the deed and given back where it turns out to be harmless, which the framework's rate limiters
/// cannot do. All windows have one length, so the sources stand in the order in which theirs end; of too many, the first
/// is forgotten: memory stays bounded, and one source cannot be pushed out but by as many others.
/// </remarks>
internal sealed class SourceThrottle(int limit, TimeSpan window, TimeProvider time, int maxSources = SourceThrottle.DefaultMaxSources)
{
    private const int DefaultMaxSources = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly Queue<(string Source, Count Count)> _byEnd = new();

    /// <summary>Takes a place for a source.</summary>
    /// <returns>The place, or how long to wait for one.</returns>
    public Reservation Reserve(string source)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            ForgetWhile(first => time.GetElapsedTime(first.Start, now) >= window);
            if (!_counts.TryGetValue(source, out var count))
            {
                ForgetWhile(_ => _counts.Count >= maxSources);
                count = new Count(now);
                _counts.Add(source, count);
                _byEnd.Enqueue((source, count));
            }

            if (count.Taken == limit)
            {
                return new Reservation(this, source, count.Start, window - time.GetElapsedTime(count.Start, now), count.Open > 0);
            }

            count.Taken++;
            count.Open++;
            return new Reservation(this, source, count.Start, null, false);
        }
    }

    /// <summary>Says what became of a place: it is given back, or stays taken until its window ends. Once only.</summary>
    public void Settle(string source, long start, bool giveBack)
    {
        lock (_lock)
        {
            // A window that has ended took its places with it.
            if (_counts.TryGetValue(source, out var count) && count.Start == start)
            {
                count.Taken -= giveBack ? 1 : 0;
                count.Open--;
            }
        }
    }

    private void ForgetWhile(Func<Count, bool> condition)
    {
        while (_byEnd.TryPeek(out var first) && condition(first.Count))
        {
            _byEnd.Dequeue();
            _counts.Remove(first.Source);
        }
    }

    private sealed class Count(long start)
    {
        /// <summary>When the window began; a monotonic timestamp, so that a clock that is set locks nobody out.</summary>
        public long Start { get; } = start;

        public int Taken { get; set; }

        /// <summary>How many of the taken places may yet be given back.</summary>
        public int Open { get; set; }
    }

    /// <summary>A place, or its refusal.</summary>
    internal readonly struct Reservation(SourceThrottle throttle, string source, long start, TimeSpan? retryAfter, bool isUndecided)
    {
        /// <summary>The window that the place belongs to.</summary>
        public long Start => start;

        /// <summary>How long to wait for a place; null where one was taken.</summary>
        public TimeSpan? RetryAfter => retryAfter;

        /// <summary>Whether a place may become free sooner: some are held by deeds under way.</summary>
        public bool IsUndecided => isUndecided;

        /// <summary>Gives the place back, as if it had never been taken. Once only.</summary>
        public void GiveBack() => throttle.Settle(source, start, giveBack: true);
    }
}
