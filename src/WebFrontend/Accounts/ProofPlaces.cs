namespace OrleansSessions.WebFrontend;

/// <summary>The places that one proof of a password takes: its address has one, and so has its device or session.</summary>
/// <remarks>
/// Neighbours share an address. What they fail at must not lock out a device on which this account signed in before, or one
/// that is signed in now: those have a count of their own, of the same limit.
/// </remarks>
internal sealed class ProofPlaces
{
    private readonly List<ClusterThrottle.Reservation> _taken = [];

    /// <summary>How long to wait; null where the proof may be made.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Takes the places.</summary>
    /// <param name="throttle">The throttle.</param>
    /// <param name="address">The address, as a source.</param>
    /// <param name="own">The device or session, as a source; null where there is none.</param>
    /// <param name="isKnown">Whether that device or session is one of the account's.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ProofPlaces> TakeAsync(
        ClusterThrottle throttle, string address, string? own, Func<Task<bool>> isKnown, CancellationToken cancellationToken)
    {
        var places = new ProofPlaces();
        var ofOwn = own is null ? null : await places.TakeAsync(throttle, own, cancellationToken);
        if (ofOwn?.RetryAfter is { } ownWait)
        {
            places.RetryAfter = ownWait;
            return places;
        }

        var ofAddress = await places.TakeAsync(throttle, address, cancellationToken);
        if (ofAddress.RetryAfter is { } wait && (own is null || !await isKnown()))
        {
            places.RetryAfter = wait;
            await places.SettleAsync(giveBack: true);
        }

        return places;
    }

    /// <summary>Gives the places back, or leaves them taken.</summary>
    public Task SettleAsync(bool giveBack) => Task.WhenAll(_taken.Select(place => place.SettleAsync(giveBack)));

    private async Task<ClusterThrottle.Reservation> TakeAsync(
        ClusterThrottle throttle, string source, CancellationToken cancellationToken)
    {
        var place = await throttle.ReserveAsync(source, cancellationToken);
        _taken.Add(place);
        return place;
    }
}
