using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

/// <summary>The leases that one activation has granted on its session. All moments are monotonic.</summary>
internal sealed class LeaseBook(TimeProvider time, ILogger logger)
{
    private readonly Dictionary<ILeaseHolder, GrantedLease> _leases = [];
    private long _grants;

    /// <summary>When the last of the leases ends.</summary>
    public long LastEnd => _leases.Values.Select(static lease => lease.End).DefaultIfEmpty(long.MinValue).Max();

    /// <summary>Notes that a holder may answer from memory for <paramref name="length"/> from now on.</summary>
    public void Grant(ILeaseHolder holder, TimeSpan length)
    {
        var end = time.After(length);
        end = _leases.TryGetValue(holder, out var earlier) ? Math.Max(end, earlier.End) : end;
        _leases[holder] = new GrantedLease(end, ++_grants);
    }

    /// <summary>Forgets the leases that have ended: a session that is busy for weeks outlives many front ends.</summary>
    public void Prune()
    {
        var now = time.GetTimestamp();
        foreach (var (holder, lease) in _leases)
        {
            if (lease.End <= now)
            {
                _leases.Remove(holder);
            }
        }
    }

    /// <summary>Returns when each holder has dropped its lease, or can no longer use it.</summary>
    public Task TakeBackAsync(LeaseDrop drop) => Task.WhenAll(_leases.Select(lease => TakeBackAsync(lease.Key, lease.Value, drop)));

    private async Task TakeBackAsync(ILeaseHolder holder, GrantedLease lease, LeaseDrop drop)
    {
        var rest = time.Until(lease.End);
        try
        {
            if (rest > TimeSpan.Zero)
            {
                using var untilLeaseEnd = new CancellationTokenSource(rest, time);
                await holder.DropAsync(drop, untilLeaseEnd.Token).WaitAsync(untilLeaseEnd.Token);
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException)
        {
            // A holder that cannot be told is not an error: its lease ends by itself.
            SessionLeases.LogHolderUnreachable(logger, e, drop.SessionId);
            await time.WaitUntilAsync(lease.End, CancellationToken.None);
        }

        // A newer lease for the same holder has another number, and stays.
        if (_leases.TryGetValue(holder, out var current) && current == lease)
        {
            _leases.Remove(holder);
        }
    }

    /// <summary>A lease; no two have the same number.</summary>
    private readonly record struct GrantedLease(long End, long Number);
}
