using Microsoft.Extensions.Logging;

namespace OrleansSessions.Grains;

/// <summary>One activation's half of the lease protocol: its ownership window, and the leases that it grants inside it.</summary>
/// <remarks>The rules are those of docs/protocol.md. All moments are monotonic.</remarks>
internal sealed partial class SessionLeases(
    LeaseOptions options, IOwnershipWindows windows, GrainId session, TimeProvider time, ILogger logger)
{
    private readonly OwnershipWindow _window = new(windows, session, options, time);
    private readonly LeaseBook _book = new(time, logger);

    /// <summary>How the session is used: who is busy is worth a window.</summary>
    public UsePattern Uses { get; } = new(options.Duration, time);

    /// <summary>Whether the record in memory must be what is stored, so that memory may answer.</summary>
    public bool AnswerFromMemory => _window.IsOpen;

    /// <summary>Whether this activation has had a window: the session is used by more than lone visits.</summary>
    public bool HasBeenBusy => _window.IsClaimed;

    /// <summary>Whether to claim a window before the answer, so that a lease can go with it.</summary>
    public bool NeedsWindow(ValidationRequest request) =>
        options.Enabled && request.Holder is not null && !_window.FitsALease && Uses.IsBusy(request.IsShared);

    /// <summary>Claims the window, and opens it once the record is known as it was stored after the claim.</summary>
    /// <param name="readRecord">Reads the record.</param>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public Task OpenWindowAsync(Func<Task> readRecord)
    {
        _book.Prune();
        return _window.OpenAsync(readRecord);
    }

    /// <summary>Grants a lease, where a whole one fits into the window.</summary>
    /// <param name="holder">Who would answer from memory; null for nobody.</param>
    /// <param name="expiresIn">When the session itself ends.</param>
    /// <returns>The lease's length; zero for none.</returns>
    public TimeSpan Grant(ILeaseHolder? holder, TimeSpan expiresIn)
    {
        if (holder is null || !_window.FitsALease)
        {
            return TimeSpan.Zero;
        }

        var length = options.Duration < expiresIn ? options.Duration : expiresIn;
        _book.Grant(holder, length);
        return length;
    }

    /// <summary>
    /// Takes all leases back: returns when each holder has dropped its own or can no longer use it, and when nothing that
    /// another activation granted can be used either.
    /// </summary>
    /// <param name="drop">What the holders are told.</param>
    /// <param name="change">The number of the change that is stored by now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task TakeBackAsync(LeaseDrop drop, int change, CancellationToken cancellationToken)
    {
        await Task.WhenAll(_book.TakeBackAsync(drop), _window.LookForOthersAsync(change)).WaitAsync(cancellationToken);
        await time.WaitUntilAsync(_window.OthersEnd, cancellationToken);
    }

    /// <summary>How long, at the most, an answer from before a change may live on in some front end's memory.</summary>
    /// <param name="change">The number of the change that is stored by now.</param>
    /// <exception cref="OrleansException">The store did not answer.</exception>
    public async Task<TimeSpan> OutstandingAsync(int change)
    {
        await _window.LookForOthersAsync(change);
        return time.Until(Math.Max(_book.LastEnd, _window.OthersEnd));
    }

    /// <summary>Lets memory answer no more, until the next claim and read: what is stored may be another record by now.</summary>
    /// <remarks>The window's name and the leases stay: this activation still knows what it has granted.</remarks>
    public void DistrustMemory() => _window.Close();

    /// <summary>Ends the activation's part in good order: nobody need wait for more than what is really out.</summary>
    public Task ShortenWindowAsync() => _window.ShortenAsync(_book.LastEnd);
}
