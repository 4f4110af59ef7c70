namespace OrleansSessions.Accounts;

/// <inheritdoc cref="ISourceThrottleGrain"/>
[GrainType(AccountGrainTypes.SourceThrottle)]
internal sealed class SourceThrottleGrain(TimeProvider time) : Grain, ISourceThrottleGrain
{
    private SourceThrottle? _throttle;

    public Task<SourcePlace> ReserveAsync(SourceReservation reservation, CancellationToken cancellationToken = default)
    {
        // Other settings have other grains.
        _throttle ??= new SourceThrottle(reservation.Limit, reservation.Window, time);

        // What is counted lives in memory alone, and must live as long as it counts.
        DelayDeactivation(reservation.Window);
        var place = _throttle.Reserve(reservation.Source);
        return Task.FromResult(new SourcePlace(place.Start, place.RetryAfter, place.IsUndecided));
    }

    public Task SettleAsync(SourceSettlement settlement, CancellationToken cancellationToken = default)
    {
        _throttle?.Settle(settlement.Source, settlement.Place, settlement.GiveBack);
        return Task.CompletedTask;
    }
}
