using System.Security.Cryptography;

namespace OrleansSessions.Grains;

/// <summary>What one activation knows of its session's ownership window: for how long it is its own, and for how long others may go on.</summary>
/// <remarks>The rules are those of docs/protocol.md.</remarks>
internal sealed class OwnershipWindow(IOwnershipWindows windows, GrainId session, LeaseOptions options, TimeProvider time)
{
    private const int NoChange = -1;

    private string? _owner;
    private long _end = long.MinValue;
    private long _keyEnd = long.MinValue;
    private long _othersEnd = long.MinValue;
    private int _lookedFor = NoChange;
    private Task<bool> _claim = Task.FromResult(false);

    /// <summary>Whether this activation may answer from memory.</summary>
    public bool IsOpen => time.GetTimestamp() < _end;

    /// <summary>Whether a whole lease fits into the window from now on.</summary>
    public bool FitsALease => time.After(options.Duration) <= _end;

    /// <summary>Whether this activation has ever claimed the window, and nothing has failed since.</summary>
    public bool IsClaimed => _owner is not null;

    /// <summary>When nothing that others may have granted can be used any more, as far as is known; a monotonic moment.</summary>
    public long OthersEnd => _othersEnd;

    /// <summary>Claims the window, and opens it once the record is known as it was stored after the claim.</summary>
    /// <remarks>
    /// Whoever changes the record without this activation looks for windows afterwards. So the change was made before the
    /// claim, and the read finds it, or the look finds the claim.
    /// </remarks>
    /// <param name="readRecord">Reads the record again.</param>
    /// <exception cref="OrleansException">The store did not answer: the window may have been taken from someone, and its name is given up.</exception>
    public async Task OpenAsync(Func<Task> readRecord)
    {
        _owner ??= RandomNumberGenerator.GetHexString(16, lowercase: true);

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

    /// <summary>Closes the window: memory may differ from what is stored. The name stays, and with it what was claimed.</summary>
    public void Close() => _end = long.MinValue;

    /// <summary>Finds out for how long others may go on, once a change of the record is stored, and before it counts as effective.</summary>
    /// <remarks>
    /// Also inside this activation's own window: another may have claimed it since. Once for each change: a claim that comes
    /// later is followed by a read, which finds the change.
    /// </remarks>
    /// <param name="change">The number of the change.</param>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public async Task LookForOthersAsync(int change)
    {
        while (_lookedFor < change)
        {
            var owner = _owner;
            var rest = await windows.RestOfOthersAsync(session, owner);

            // Our own pending claim may hide the previous owner. On success it has recorded that owner's remaining time; on
            // failure our name is dropped, and we look again.
            await ((Task)_claim).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            if (owner == _owner)
            {
                WaitForOthers(rest);
                _lookedFor = Math.Max(_lookedFor, change);
            }
        }
    }

    /// <summary>Shortens the window to what is still needed: the last lease, or the time for which others may go on.</summary>
    /// <remarks>A window whose claim is under way, or whose name was given up, stays as it is: what it needs is unknown.</remarks>
    /// <param name="lastLeaseEnd">When the last lease ends; a monotonic moment.</param>
    public Task ShortenAsync(long lastLeaseEnd)
    {
        if (_owner is null || time.GetTimestamp() >= _keyEnd || !_claim.IsCompletedSuccessfully)
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
        var length = options.OwnershipWindow + options.ClockTolerance;
        var isRenewal = time.GetTimestamp() < _keyEnd;
        try
        {
            var othersRest = await windows.ClaimAsync(session, owner, length, isRenewal);
            if (othersRest is not { } rest)
            {
                return false;
            }

            WaitForOthers(rest);
            _keyEnd = time.After(length);
            return true;
        }
        catch
        {
            // The claim may have taken the window from someone, or do so yet. Under another name, what was claimed under this
            // one counts as another activation's.
            (_owner, _end) = (null, long.MinValue);
            throw;
        }
    }

    private void WaitForOthers(TimeSpan rest)
    {
        // Longer values come from a clock that was set back.
        var wait = rest < LeaseOptions.LongestWindow ? rest : LeaseOptions.LongestWindow;
        if (wait > TimeSpan.Zero)
        {
            _othersEnd = Math.Max(_othersEnd, time.After(wait));
        }
    }
}
