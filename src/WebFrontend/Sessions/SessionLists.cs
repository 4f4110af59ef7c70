using Microsoft.Extensions.Options;

namespace OrleansSessions.WebFrontend;

/// <summary>The lists of sessions that pages have open here: each user's is asked for once a period, for all of their pages.</summary>
internal sealed class SessionLists(SessionListReader reader, IOptions<WebOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionListPoll> _polls = new(StringComparer.Ordinal);

    /// <summary>Opens a user's list, until it is disposed of.</summary>
    public OpenList Open(string subject)
    {
        lock (_lock)
        {
            if (!_polls.TryGetValue(subject, out var poll))
            {
                _polls.Add(subject, poll = new SessionListPoll(reader, subject, options.Value.LiveListPeriod, time));
            }

            poll.Readers++;
            return new OpenList(this, subject, poll);
        }
    }

    private void Close(string subject, SessionListPoll poll)
    {
        lock (_lock)
        {
            if (--poll.Readers > 0)
            {
                return;
            }

            _polls.Remove(subject);
        }

        poll.Stop();
    }

    /// <summary>A page's view of a list.</summary>
    internal sealed class OpenList(SessionLists lists, string subject, SessionListPoll poll) : IDisposable
    {
        private bool _isClosed;

        /// <summary>The list as last known; null while it is not known.</summary>
        public SessionListState? Current => poll.Current;

        /// <summary>Waits until the list is another one than the one given, or until the wait ends.</summary>
        public Task WaitForChangeAsync(SessionListState? told, TimeSpan atMost, CancellationToken cancellationToken) =>
            poll.WaitForChangeAsync(told, atMost, cancellationToken);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isClosed, true))
            {
                lists.Close(subject, poll);
            }
        }
    }
}
