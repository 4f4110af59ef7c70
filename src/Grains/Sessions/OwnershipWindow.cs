using System.Security.Cryptography;

namespace OrleansSessions.Grains;

/// <summary>What one activation knows of its session's ownership window: for how long it is its own, and for how long others may go on.</summary>
/// <remarks>The rules are those of docs/protocol.md.</remarks>
internal sealed class OwnershipWindow(IOwnershipWindows windows, GrainId session, LeaseOptions options, TimeProvider time)
{
    private const string Nobody = "";

    private string _owner = Nobody;
    private long _end = long.MinValue;
    private long _othersEnd = long.MinValue;
    private Task<bool> _claim = Task.FromResult(false);

    /// <summary>Whether this activation may answer from memory.</summary>
    public bool IsOpen => time.GetTimestamp() < _end;

    /// <summary>Whether a whole lease fits into the window from now on.</summary>
    public bool FitsALease => time.After(options.Duration) <= _end;

    /// <summary>When nothing that others may have granted can be used any more, as far as is known; a monotonic moment.</summary>
    public long OthersEnd => _othersEnd;

    /// <summary>Claims the window, and opens it once the record is known as it was stored after the claim.</summary>
    /// <remarks>
    /// Whoever changes the record without this activation looks for windows afterwards. So the change was made before the
    /// claim, and the read finds it, or the look finds the claim.
    /// </remarks>
    /// <param name="readRecord">Reads the record anew.</param>
    /// <exception cref="OrleansException">Whether the window was taken from someone is not known: this activation must go.</exception>
    public async Task OpenAsync(Func<Task> readRecord)
    {
        if (_owner == Nobody)
        {
            _owner = RandomNumberGenerator.GetHexString(16, lowercase: true);
        }

        // Read before the claim is sent: a pause shortens the window. The store keeps it for longer than it is believed in.
        var end = time.After(options.OwnershipWindow);
        _claim = ClaimAsync(_owner);
        var isClaimed = await _claim;
        await readRecord();
        if (isClaimed)
        {
            _end = end;
        }
    }

    /// <summary>Gives the window up, where what is in memory may not be what is stored.</summary>
    public void Close() => _end = long.MinValue;

    /// <summary>Finds out for how long others may go on, once the record has been changed, and before the change counts as effective.</summary>
    /// <remarks>Also inside this activation's own window: another may have claimed it since.</remarks>
    /// <exception cref="OrleansException">It cannot be known.</exception>
    public async Task LookForOthersAsync()
    {
        WaitForOthers(await windows.RestOfOthersAsync(session, _owner));

        // A claim that is under way may be why nobody else is to be seen: it has taken the window, and knows from whom.
        await _claim;
    }

    /// <summary>Leaves no more of the window behind than this activation's leases, or others' windows, still need.</summary>
    /// <remarks>Nothing is shortened where it is not known what they need: while a claim is under way, and after one that failed.</remarks>
    /// <param name="lastLeaseEnd">When the last lease ends; a monotonic moment.</param>
    public Task ShortenAsync(long lastLeaseEnd)
    {
        if (!IsOpen || !_claim.IsCompletedSuccessfully)
        {
            return Task.CompletedTask;
        }

        var leases = time.Until(lastLeaseEnd);
        var own = leases > TimeSpan.Zero ? leases + options.ClockTolerance : TimeSpan.Zero;
        var others = time.Until(_othersEnd);
        return windows.ShortenAsync(session, _owner, own > others ? own : others);
    }

    private async Task<bool> ClaimAsync(string owner)
    {
        try
        {
            var othersRest = await windows.ClaimAsync(session, owner, options.OwnershipWindow + options.ClockTolerance);
            WaitForOthers(othersRest ?? TimeSpan.Zero);
            return othersRest is not null;
        }
        catch
        {
            // It may have taken the window from someone, or do so yet. Under another name, that window is someone else's.
            _owner = Nobody;
            throw;
        }
    }

    private void WaitForOthers(TimeSpan rest)
    {
        if (rest > TimeSpan.Zero)
        {
            _othersEnd = Math.Max(_othersEnd, time.After(rest));
        }
    }
}
