using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Counts a kind of deed by source, with all other front ends.</summary>
/// <remarks>It costs two calls for each deed, to a grain that keeps its counts in memory.</remarks>
internal sealed class ClusterThrottle(ClusterCaller cluster, TimeProvider time, string deed, int limit, TimeSpan window)
{
    /// <summary>Takes a place for a source.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster cannot answer now.</exception>
    public async Task<Reservation> ReserveAsync(string source, CancellationToken cancellationToken)
    {
        var request = new SourceReservation(source, limit, window);
        var place = await Turn.WaitAsync(
            // Asked again after a lost answer it counts twice, which errs on the safe side.
            () => cluster.CallAsync((grains, ct) => GrainOf(grains, source).ReserveAsync(request, ct), cancellationToken),
            static place => place.IsUndecided,
            time,
            cancellationToken);
        return new Reservation(this, source, place);
    }

    private ISourceThrottleGrain GrainOf(IGrainFactory grains, string source) => grains.GetSourceThrottle(deed, limit, window, source);

    private async Task SettleAsync(SourceSettlement settlement)
    {
        try
        {
            await cluster.CallOnceAsync(
                async (grains, ct) =>
                {
                    await GrainOf(grains, settlement.Source).SettleAsync(settlement, ct);
                    return true;
                },
                CancellationToken.None);
        }
        catch (SessionsUnavailableException)
        {
            // The place stays taken until its window ends.
        }
    }

    /// <summary>A place, or its refusal.</summary>
    internal sealed class Reservation(ClusterThrottle throttle, string source, SourcePlace place)
    {
        /// <summary>How long to wait for a place; null where one was taken.</summary>
        public TimeSpan? RetryAfter => place.RetryAfter;

        /// <summary>Gives the place back, as if it had never been taken, or says that it stays taken. Once only.</summary>
        public Task SettleAsync(bool giveBack) => place.RetryAfter is null
            ? throttle.SettleAsync(new SourceSettlement(source, place.Place, giveBack))
            : Task.CompletedTask;
    }
}
