using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Validates from memory while a lease lasts, and by the session's grain otherwise.</summary>
/// <remarks>
/// The front end's half of the lease protocol (docs/protocol.md). Two rules make it strict: an answer serves only the
/// requests that were there before its call was sent, and a lease ends a fixed time after its call was sent.
/// </remarks>
internal sealed class LeaseCache : ISessionValidator, ILeaseHolder, IDisposable
{
    private const int MaxLateAnswers = 3;

    private readonly ConcurrentDictionary<string, SessionSlot> _slots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SessionSlot>.AlternateLookup<ReadOnlySpan<char>> _slotsBySpan;
    private readonly ClusterCaller _cluster;
    private readonly SessionEvents _events;
    private readonly SessionClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private readonly Lazy<ILeaseHolder> _holder;

    // The dictionary's own count takes all of its locks, of which a large one has a thousand.
    private int _count;

    public LeaseCache(
        ClusterCaller cluster, IClusterClient grains, SessionEvents events, IOptions<SessionClientOptions> options, TimeProvider time)
    {
        (_cluster, _events, _options, _time) = (cluster, events, options.Value, time);
        _slotsBySpan = _slots.GetAlternateLookup<ReadOnlySpan<char>>();

        // The client keeps a weak reference only; this object lives as long as the application, and so does its registration.
        _holder = new Lazy<ILeaseHolder>(() => grains.CreateObjectReference<ILeaseHolder>(this));
        _sweep = time.CreateTimer(_ => Sweep(), null, _options.SweepPeriod, _options.SweepPeriod);
    }

    /// <summary>How many sessions are remembered.</summary>
    public int Count => Volatile.Read(ref _count);

    public ValueTask<ValidatedSession> ValidateAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if (_slotsBySpan.TryGetValue(token.SessionIdSpan, out var slot)
            && slot.TryAnswer(token.SecretHash, _time.GetTimestamp(), out var needsRenewal) is { } answer)
        {
            if (needsRenewal)
            {
                _ = AskAsync(token, isRenewal: true);
            }

            return new(answer);
        }

        return new(AskAsync(token, isRenewal: false).WaitAsync(cancellationToken));
    }

    /// <summary>Asks the grain without using the session, and keeps its lease alive.</summary>
    /// <exception cref="SessionsUnavailableException">It cannot be known now.</exception>
    public Task<ValidatedSession> RenewAsync(SessionToken token) => AskAsync(token, isRenewal: true);

    public Task DropAsync(LeaseDrop drop, CancellationToken cancellationToken = default)
    {
        if (_slots.TryGetValue(drop.SessionId, out var slot))
        {
            slot.Drop();
        }

        if (drop.EndedBy != RevocationReason.None)
        {
            _events.RaiseEnded(drop.SessionId, drop.EndedBy);
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _sweep.Dispose();

    private Task<ValidatedSession> AskAsync(SessionToken token, bool isRenewal)
    {
        var sessionId = token.SessionId;
        if (!_options.Leases || SlotOf(sessionId) is not { } slot)
        {
            return AskAloneAsync(token, isRenewal);
        }

        var answer = slot.Join(token.SecretHash, isRenewal, out var mustRun);
        if (mustRun is not null)
        {
            _ = RunAsync(slot, mustRun);
        }

        return answer ?? AskAloneAsync(token, isRenewal);
    }

    /// <summary>The slot of a session, a new one where need be; null where there is no room for one.</summary>
    private SessionSlot? SlotOf(string sessionId)
    {
        if (_slots.TryGetValue(sessionId, out var slot) || Count >= _options.MaxCachedSessions)
        {
            return slot;
        }

        var added = new SessionSlot(sessionId, _time);
        slot = _slots.GetOrAdd(sessionId, added);
        if (slot == added)
        {
            Interlocked.Increment(ref _count);
        }

        return slot;
    }

    /// <summary>Asks for one request alone: without a slot for a drop to find, no lease may be kept.</summary>
    private async Task<ValidatedSession> AskAloneAsync(SessionToken token, bool isRenewal)
    {
        var request = new ValidationRequest { SecretHash = token.SecretHash, IsRenewal = isRenewal };
        var result = await _cluster.CallAsync(
            (grains, ct) => grains.GetSession(token.SessionId).ValidateAsync(request, ct).AsTask(), CancellationToken.None);
        return Learn(token.SessionId, new ValidatedSession(result));
    }

    /// <summary>Sees a call through, and those that were prepared while it was out.</summary>
    private async Task RunAsync(SessionSlot slot, SharedCall first)
    {
        // Requests of the same burst are queued already: letting them through first spares them a call of their own.
        await Task.Yield();
        for (var (call, next) = (first, (SharedCall?)null); ; call = next)
        {
            slot.MarkSent(call);
            try
            {
                var (result, sentAt) = await SendAsync(slot, call);
                var answer = Learn(slot.SessionId, new ValidatedSession(result).Inherit(slot.Remembered));
                next = slot.Finish(call, answer, ToLease(call.SecretHash, answer, sentAt, result.Lease));
                if (next is null)
                {
                    RetireUnlessActive(slot, answer);
                    return;
                }
            }
            catch (Exception e)
            {
                slot.Fail(call, e);
                return;
            }
        }
    }

    private async Task<(ValidationResult Result, long SentAt)> SendAsync(SessionSlot slot, SharedCall call)
    {
        for (var tries = 0; tries < MaxLateAnswers; tries++)
        {
            var request = new ValidationRequest
            {
                SecretHash = call.SecretHash,
                LastHitAge = slot.LastHit == 0 ? null : _time.GetElapsedTime(slot.LastHit),
                Holder = _holder.Value,
                IsRenewal = call.IsRenewal,
                IsShared = call.IsShared,
            };
            var sentAt = 0L;
            var result = await _cluster.CallAsync(
                (grains, ct) =>
                {
                    sentAt = _time.GetTimestamp();
                    return grains.GetSession(slot.SessionId).ValidateAsync(request, ct).AsTask();
                },
                CancellationToken.None);

            // An answer that outlived its own lease says nothing of the present: it is asked for again.
            if (result.Lease == TimeSpan.Zero || _time.GetElapsedTime(sentAt) < result.Lease)
            {
                return (result, sentAt);
            }
        }

        throw new SessionsUnavailableException("The session service answers too late: each answer outlived its lease.");
    }

    private Lease? ToLease(SecretHash secretHash, ValidatedSession answer, long sentAt, TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
        {
            return null;
        }

        var ticks = (long)(length.TotalSeconds * _time.TimestampFrequency);
        return new Lease(secretHash, answer, renewAt: sentAt + (ticks * 4 / 5), end: sentAt + ticks);
    }

    private ValidatedSession Learn(string sessionId, ValidatedSession answer)
    {
        if (answer.Reason != RevocationReason.None)
        {
            _events.RaiseEnded(sessionId, answer.Reason);
        }

        return answer;
    }

    /// <summary>IDs that were made up must not fill the memory that sessions need.</summary>
    private void RetireUnlessActive(SessionSlot slot, ValidatedSession answer)
    {
        if (!answer.IsActive)
        {
            Retire(slot);
        }
    }

    private void Sweep()
    {
        foreach (var (_, slot) in _slots)
        {
            Retire(slot);
        }
    }

    private void Retire(SessionSlot slot)
    {
        if (slot.TryRetire(_time.GetTimestamp()) && _slots.TryRemove(KeyValuePair.Create(slot.SessionId, slot)))
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
