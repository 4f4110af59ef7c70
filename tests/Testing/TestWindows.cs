using OrleansSessions.Grains;

namespace OrleansSessions.Testing;

/// <summary>Ownership windows as Redis has them, on the store's own clock, that count and can be made to fail.</summary>
public sealed class TestWindows(TimeProvider clock) : IOwnershipWindows
{
    private readonly Lock _lock = new();
    private readonly Dictionary<GrainId, (string Owner, DateTimeOffset Until)> _windows = [];
    private readonly Dictionary<GrainId, int> _claims = [];
    private readonly Dictionary<GrainId, StoreFault> _faults = [];
    private readonly TaskCompletionSource _firstHeldClaim = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _claimsReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstHeldLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _looksReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _holdsClaims;
    private bool _holdsLooks;

    public bool IsDown { get; set; }

    /// <summary>Whether the store gives no windows, as one does that is full.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether the store answers no look.</summary>
    public bool FailsLooks { get; set; }

    /// <summary>Completes when a claim has been made whose answer is held.</summary>
    public Task FirstHeldClaim => _firstHeldClaim.Task;

    public int ClaimsOf(GrainId session)
    {
        lock (_lock)
        {
            return _claims.GetValueOrDefault(session);
        }
    }

    /// <summary>How long a window lasts on; zero where there is none.</summary>
    public TimeSpan RestOf(GrainId session)
    {
        lock (_lock)
        {
            return Current(session) is { } window ? window.Until - clock.GetUtcNow() : TimeSpan.Zero;
        }
    }

    public void FailNextClaim(GrainId session, StoreFault fault)
    {
        lock (_lock)
        {
            _faults[session] = fault;
        }
    }

    /// <summary>Lets answers to claims wait, from now on, until they are released.</summary>
    public void HoldClaims() => _holdsClaims = true;

    /// <summary>Lets all answers to claims through.</summary>
    public void ReleaseClaims()
    {
        _holdsClaims = false;
        _claimsReleased.TrySetResult();
    }

    /// <summary>Completes when a look waits that is held.</summary>
    public Task FirstHeldLook => _firstHeldLook.Task;

    /// <summary>Lets looks wait on their way, from now on, until they are released.</summary>
    public void HoldLooks() => _holdsLooks = true;

    /// <summary>Lets all looks through.</summary>
    public void ReleaseLooks()
    {
        _holdsLooks = false;
        _looksReleased.TrySetResult();
    }

    public async Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length, bool isRenewal)
    {
        ThrowIfDown();
        if (IsFull)
        {
            return null;
        }

        var rest = Claim(session, owner, length);
        if (_holdsClaims)
        {
            _firstHeldClaim.TrySetResult();
            await _claimsReleased.Task;
        }

        return rest;
    }

    public async Task<TimeSpan> RestOfOthersAsync(GrainId session, string? owner)
    {
        ThrowIfDown();
        if (FailsLooks)
        {
            throw new OrleansException("The store did not answer.");
        }

        if (_holdsLooks)
        {
            _firstHeldLook.TrySetResult();
            await _looksReleased.Task;
        }

        lock (_lock)
        {
            return RestOfOthers(session, owner);
        }
    }

    public Task ShortenAsync(GrainId session, string owner, TimeSpan rest)
    {
        lock (_lock)
        {
            if (Current(session) is { } window && window.Owner == owner)
            {
                _windows[session] = (owner, clock.GetUtcNow() + rest);
            }
        }

        return Task.CompletedTask;
    }

    private TimeSpan Claim(GrainId session, string owner, TimeSpan length)
    {
        lock (_lock)
        {
            _faults.Remove(session, out var fault);
            if (fault == StoreFault.Refused)
            {
                throw new OrleansException("The store refused the claim.");
            }

            var rest = RestOfOthers(session, owner);
            var until = clock.GetUtcNow() + length;
            _windows[session] = (owner, Current(session) is { } longer && longer.Until > until ? longer.Until : until);
            _claims[session] = _claims.GetValueOrDefault(session) + 1;
            return fault == StoreFault.AnswerLost ? throw new OrleansException("The store's answer was lost.") : rest;
        }
    }

    private TimeSpan RestOfOthers(GrainId session, string? owner) =>
        Current(session) is { } window && window.Owner != owner ? window.Until - clock.GetUtcNow() : TimeSpan.Zero;

    private (string Owner, DateTimeOffset Until)? Current(GrainId session) =>
        _windows.TryGetValue(session, out var window) && window.Until > clock.GetUtcNow() ? window : null;

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new OrleansException("The store is down.");
        }
    }
}
