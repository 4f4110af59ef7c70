namespace OrleansSessions.AspNetCore;

/// <summary>Whether the first request of a session here is likely to be followed by more of them, as the latest ones were.</summary>
/// <remarks>
/// Pages come with several requests: the first one's call to the grain brings the lease that the others need, and a direct read
/// would come on top of it. Clients that call now and then come alone, and for them the call would be in vain.
/// </remarks>
internal sealed class VisitForecast
{
    /// <summary>About so many of the latest first requests count.</summary>
    private const double Memory = 32;

    private const double Decay = 1 - (1 / Memory);

    private readonly Lock _lock = new();

    // Until something else shows, requests come alone.
    private double _visits = Memory / 2;
    private double _followed;
    private volatile bool _expectsMore;

    /// <summary>Whether more than half of the latest first requests were followed by others.</summary>
    public bool ExpectsMore => _expectsMore;

    /// <summary>Notes a request of a session that nobody has used here lately.</summary>
    public void NoteVisit()
    {
        lock (_lock)
        {
            (_visits, _followed) = ((_visits * Decay) + 1, _followed * Decay);
            _expectsMore = IsMostlyFollowed;
        }
    }

    /// <summary>Notes that such a request was followed by another one, once for each.</summary>
    public void NoteMore()
    {
        lock (_lock)
        {
            _followed++;
            _expectsMore = IsMostlyFollowed;
        }
    }

    private bool IsMostlyFollowed => _followed > _visits / 2;
}
