using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Answers from memory while a lease lasts, and by the session's grain otherwise.</summary>
/// <remarks>
/// The front end's half of the lease protocol (docs/protocol.md). Two rules make it strict: an answer serves only the
/// requests that were there before its call was sent, and a lease ends a fixed time after its call was sent.
/// </remarks>
internal sealed class LeaseCache : ILeaseHolder, IDisposable
{
    /// <summary>How long a lease lasts, until the first one tells.</summary>
    private static readonly TimeSpan UsualLease = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, SessionSlot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SessionSlot>.AlternateLookup<ReadOnlySpan<char>> _slotsBySpan;
    private readonly GrainValidation _grain;
    private readonly TicketMemory _memory;
    private readonly VisitForecast _forecast = new();
    private readonly SessionEvents _events;
    private readonly SessionClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private readonly Lazy<ILeaseHolder> _holder;

    // The dictionary's own count takes all of its locks, of which a large one has a thousand.
    private int _count;

    // The longest so far: that of a session which is about to end is shorter. Zero before the first.
    private long _leaseLength;

    public LeaseCache(
        ClusterCaller cluster, IClusterClient grains, SessionEvents events, IOptions<SessionClientOptions> options, TimeProvider time)
    {
        (_events, _options, _time) = (events, options.Value, time);
        _grain = new GrainValidation(cluster, events, time);
        _memory = new TicketMemory(_options.MaxCachedBytes);
        _slotsBySpan = _slots.GetAlternateLookup<ReadOnlySpan<char>>();

        // The client keeps a weak reference only; this object lives as long as the application, and so does its registration.
        _holder = new Lazy<ILeaseHolder>(() => grains.CreateObjectReference<ILeaseHolder>(this));
        _sweep = time.CreateTimer(_ => Sweep(), null, _options.SweepPeriod, _options.SweepPeriod);
    }

    /// <summary>How many sessions are remembered.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Answers from memory, where a lease covers the token.</summary>
    public ValidationAnswer? TryAnswer(SessionToken token)
    {
        if (!_slotsBySpan.TryGetValue(token.SessionIdSpan, out var slot)
            || slot.TryAnswer(token.SecretHash, _time.GetTimestamp(), out var needsRenewal) is not { } answer)
        {
            return null;
        }

        if (needsRenewal)
        {
            _ = RenewAsync(token);
        }

        return answer;
    }

    /// <summary>Asks the session's grain. An active answer reflects a moment after this call began.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public Task<ValidationAnswer> AskAsync(SessionToken token, CancellationToken cancellationToken) =>
        AskAsync(token, isRenewal: false).WaitAsync(cancellationToken);

    /// <summary>Whether a request is a lone visit, for which a lease would be of no use.</summary>
    /// <remarks>
    /// No other request waits for the session here, none used it within two leases' time, it was not busy lately, and most visits
    /// like it have remained alone.
    /// </remarks>
    public bool TryBeginLoneVisit(SessionToken token) =>
        !_options.Leases || SlotOf(token.SessionId) is not { } slot || slot.TryBeginLoneVisit(_time.GetTimestamp(), Quiet);

    /// <summary>Two leases' time, as the silo grants them, in ticks of the monotonic clock.</summary>
    private long Quiet => Volatile.Read(ref _leaseLength) is var length and > 0
        ? 2 * length
        : (long)(2 * UsualLease.TotalSeconds * _time.TimestampFrequency);

    /// <summary>Asks the grain without using the session, and keeps its lease alive.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public Task<ValidationAnswer> RenewAsync(SessionToken token) => AskAsync(token, isRenewal: true);

    /// <summary>How long the lease on a token's session needs no renewal: zero or less where it is due; null where there is no lease.</summary>
    public TimeSpan? RestUntilRenewal(SessionToken token)
    {
        var now = _time.GetTimestamp();
        return _slotsBySpan.TryGetValue(token.SessionIdSpan, out var slot) && slot.RestUntilRenewal(token.SecretHash, now) is { } rest
            ? TimeSpan.FromSeconds((double)rest / _time.TimestampFrequency)
            : null;
    }

    public Task DropAsync(LeaseDrop drop, CancellationToken cancellationToken = default)
    {
        if (_slots.TryGetValue(drop.SessionId, out var slot))
        {
            slot.Drop();
        }

        if (drop.EndedBy != RevocationReason.None)
        {
            _events.RaiseEnded(drop.SessionId, drop.EndedBy, drop.ReasonText);
        }
        else
        {
            _events.RaiseChanged(drop.SessionId);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _sweep.Dispose();

    private Task<ValidationAnswer> AskAsync(SessionToken token, bool isRenewal)
    {
        // Without a slot for a drop to find, no lease may be kept.
        var sessionId = token.SessionId;
        if (!_options.Leases || SlotOf(sessionId) is not { } slot)
        {
            return _grain.AskAloneAsync(token, isRenewal);
        }

        var answer = slot.Join(token.SecretHash, isRenewal, Quiet, out var mustRun);
        if (mustRun is not null)
        {
            // Requests of the same burst are queued already: they come first, which spares them a call of their own.
            _ = Background.Start(() => RunAsync(slot, mustRun));
        }

        return answer ?? _grain.AskAloneAsync(token, isRenewal);
    }

    /// <summary>The slot of a session, a new one where need be; null where there is no room for one.</summary>
    private SessionSlot? SlotOf(string sessionId)
    {
        if (_slots.TryGetValue(sessionId, out var slot) || Count >= _options.MaxCachedSessions || _memory.IsFull)
        {
            return slot;
        }

        var added = new SessionSlot(sessionId, _memory, _forecast, _time);
        slot = _slots.GetOrAdd(sessionId, added);
        if (slot == added)
        {
            Interlocked.Increment(ref _count);
        }

        return slot;
    }

    /// <summary>Sees a call through, and those that were prepared while it was out.</summary>
    private async Task RunAsync(SessionSlot slot, SharedCall first)
    {
        var call = first;
        while (call is not null)
        {
            call = await SeeThroughAsync(slot, call);
        }
    }

    /// <summary>Makes a call.</summary>
    /// <returns>The call that goes out next; null where nobody waits for one.</returns>
    private async Task<SharedCall?> SeeThroughAsync(SessionSlot slot, SharedCall call)
    {
        slot.MarkSent(call);
        try
        {
            var (answer, lease) = await _grain.AskAsync(slot, call, _holder.Value);
            if (lease is not null)
            {
                Volatile.Write(ref _leaseLength, Math.Max(_leaseLength, lease.Length));
            }

            var next = slot.Finish(call, answer, lease);
            if (next is null && !answer.IsActive)
            {
                Retire(slot, isGone: true);
            }

            return next;
        }
        catch (Exception e)
        {
            slot.Fail(call, e);
            Retire(slot, isGone: true);
            return null;
        }
    }

    private void Sweep()
    {
        foreach (var (_, slot) in _slots)
        {
            // What is remembered of sessions without leases must not keep others from having one.
            Retire(slot, isGone: Count > _options.MaxCachedSessions / 2);
        }
    }

    /// <summary>Forgets a session of which nothing is kept: IDs that were made up must not fill the memory that sessions need.</summary>
    private void Retire(SessionSlot slot, bool isGone)
    {
        if (slot.TryRetire(_time.GetTimestamp(), Quiet, isGone) && _slots.TryRemove(KeyValuePair.Create(slot.SessionId, slot)))
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
