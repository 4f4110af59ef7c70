using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;

namespace OrleansSessions.Contenders;

/// <summary>Copies of what Redis holds. None is kept while nobody would tell of its change.</summary>
internal sealed class TrackedCopies : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _places = new(new MemoryCacheOptions());
    private volatile bool _isTracking;

    public AuthenticationTicket? Find(string key) => _isTracking ? _places.Get<Place>(key)?.Ticket : null;

    public Place? Hold(string key) => _isTracking ? _places.Set(key, new Place(), Longest) : null;

    public void Fill(Place? place, AuthenticationTicket? ticket) => place?.Ticket = ticket;

    public void Drop(string key) => _places.Remove(key);

    /// <summary>Starts or stops to keep copies, with none.</summary>
    public void Flush(bool isTracking)
    {
        _isTracking = false;
        _places.Clear();
        _isTracking = isTracking;
    }

    public void Dispose() => _places.Dispose();

    /// <summary>Where one copy goes. Once it is out of the cache, nobody finds what is put there.</summary>
    internal sealed class Place
    {
        private volatile AuthenticationTicket? _ticket;

        public AuthenticationTicket? Ticket
        {
            get => _ticket;
            set => _ticket = value;
        }
    }
}
