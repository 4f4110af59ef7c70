namespace OrleansSessions.AspNetCore;

/// <summary>What a front end remembers of one session: its lease, and the calls about it that are under way.</summary>
/// <remarks>
/// A hit reads one field and takes no lock. The lock of the slot is only for what changes it, and is never held during a
/// call. At most one shared call is out at a time; a request that comes later waits for the lease in its answer, or for the next call.
/// </remarks>
internal sealed class SessionSlot(string sessionId, TicketMemory memory, VisitForecast forecast, TimeProvider time)
{
    /// <summary>For how many seconds a session that had a lease counts as busy: its next page is worth one at once.</summary>
    private const long BusyMemory = 15 * 60;

    private readonly Lock _lock = new();
    private volatile Lease? _lease;
    private SharedCall? _current;
    private SharedCall? _next;
    private long _lastHit;
    private long _latestUse;
    private bool _isFollowedByNone;
    private bool _isVisited;
    private bool _wasBusy;
    private bool _isRetired;

    public string SessionId => sessionId;

    /// <summary>The latest hit from memory, as a monotonic timestamp; zero before the first.</summary>
    public long LastHit => Volatile.Read(ref _lastHit);

    /// <summary>Answers from memory, where a lease covers it.</summary>
    /// <param name="presented">The presented secret's hash.</param>
    /// <param name="now">The moment; a monotonic timestamp.</param>
    /// <param name="needsRenewal">Whether the caller must now renew the lease in the background.</param>
    public ValidationAnswer? TryAnswer(in SecretHash presented, long now, out bool needsRenewal)
    {
        needsRenewal = false;
        if (_lease is not { } lease || !lease.Covers(presented, now))
        {
            return null;
        }

        Volatile.Write(ref _lastHit, now);
        if (_isFollowedByNone)
        {
            NoteFollowed();
        }

        needsRenewal = lease.TakeRenewal(now);
        return lease.Answer;
    }

    /// <summary>How long a lease for a secret needs no renewal, in ticks of the monotonic clock; null where there is no lease.</summary>
    public long? RestUntilRenewal(in SecretHash presented, long now) =>
        _lease is { } lease && lease.Covers(presented, now) ? lease.RestUntilRenewal(now) : null;

    /// <summary>Whether a request at this moment is a lone visit, and likely to remain one; notes it, so that the next one is not.</summary>
    /// <param name="now">The moment; a monotonic timestamp.</param>
    /// <param name="quiet">For how long nobody must have used the session here.</param>
    public bool TryBeginLoneVisit(long now, long quiet)
    {
        lock (_lock)
        {
            if (_current is not null || _wasBusy || IsInUse(now, quiet))
            {
                NoteFollowed();
                return false;
            }

            forecast.NoteVisit();
            (_isFollowedByNone, _isVisited, _latestUse) = (true, true, now);
            return !forecast.ExpectsMore;
        }
    }

    /// <summary>Joins a call that has not been sent yet, or prepares one.</summary>
    /// <param name="presented">The presented secret's hash.</param>
    /// <param name="isRenewal">Whether no request is behind it.</param>
    /// <param name="quiet">A direct read this long ago, or less, was the use before this one.</param>
    /// <param name="mustRun">The call that the caller must now see through, if it is the first of its row.</param>
    /// <returns>The answer to come; null where this slot is retired, or busy with another secret.</returns>
    public Task<ValidationAnswer>? Join(in SecretHash presented, bool isRenewal, long quiet, out SharedCall? mustRun)
    {
        lock (_lock)
        {
            mustRun = null;
            if (_isRetired)
            {
                return null;
            }

            // A visit began a moment ago. The grain has not seen it, and would take this use for a lone one; or it is this use, and
            // more are expected.
            var now = time.GetTimestamp();
            var isOneOfMany = _isVisited && IsInUse(now, quiet);
            (_isVisited, _latestUse) = (false, isRenewal ? _latestUse : now);

            if (_current is null)
            {
                mustRun = _current = new SharedCall(presented) { IsOneOfMany = isOneOfMany };
                return _current.Join(isRenewal);
            }

            var open = _current.CanServe(presented) ? _current : _next ??= new SharedCall(presented);
            return open.CanServe(presented) ? open.Join(isRenewal) : null;
        }
    }

    /// <summary>Closes a call to newcomers, just before it goes out.</summary>
    public void MarkSent(SharedCall call)
    {
        lock (_lock)
        {
            call.IsSent = true;
        }
    }

    /// <summary>Takes a call's answer in: keeps its lease, serves those who waited for one, and says which call goes out next.</summary>
    public SharedCall? Finish(SharedCall call, ValidationAnswer answer, Lease? lease)
    {
        SharedCall? next;
        lock (_lock)
        {
            if (answer.IsActive && lease is not null && !call.IsDropped)
            {
                Keep(lease);
            }
            else if (!answer.IsActive && _lease?.IsFor(call.SecretHash) == true)
            {
                Forget();
            }

            next = _current = _next;
            _next = null;

            // Read after the next call was taken out: all who wait for it came before this moment, and the lease lasts at it.
            var now = time.GetTimestamp();
            if (next is not null && _lease is { } kept && kept.Covers(next.SecretHash, now))
            {
                _current = null;
                if (!next.IsRenewal)
                {
                    Volatile.Write(ref _lastHit, now);
                }

                next.Complete(kept.Answer);
                next = null;
            }
        }

        call.Complete(answer);
        return next;
    }

    /// <summary>Passes a failure on to all who wait.</summary>
    /// <remarks>
    /// Those of the next call fail as well, also one that came a moment ago: a call of their own would most likely fail, too,
    /// and end after the time within which an answer is due.
    /// </remarks>
    public void Fail(SharedCall call, Exception exception)
    {
        SharedCall? next;
        lock (_lock)
        {
            next = _next;
            _current = _next = null;
        }

        call.Fail(exception);
        next?.Fail(exception);
    }

    /// <summary>Forgets the lease, and that of the call under way, which a drop can overtake.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            Forget();
            if (_current is not null)
            {
                _current.IsDropped = true;
            }
        }
    }

    /// <summary>Retires the slot if nothing depends on it; a retired slot answers nothing and keeps nothing.</summary>
    /// <param name="now">The moment; a monotonic timestamp.</param>
    /// <param name="quiet">For how long a use is remembered.</param>
    /// <param name="isGone">Whether there is no such session, or no answer of it: then nothing is worth remembering.</param>
    public bool TryRetire(long now, long quiet, bool isGone)
    {
        lock (_lock)
        {
            if (_current is null && (_lease is null || _lease.HasEnded(now)))
            {
                Forget();
                _isRetired = isGone || !IsInUse(now, _wasBusy ? BusyMemory * time.TimestampFrequency : quiet);
            }

            return _isRetired;
        }
    }

    private void NoteFollowed()
    {
        if (Interlocked.Exchange(ref _isFollowedByNone, false))
        {
            forecast.NoteMore();
        }
    }

    /// <summary>The answer that is remembered for a secret, current or not, to reuse what was made of it.</summary>
    public ValidationAnswer? RememberedFor(in SecretHash presented) => _lease is { } lease && lease.IsFor(presented) ? lease.Answer : null;

    // The methods below hold the lock.

    private bool IsInUse(long now, long quiet) =>
        Math.Max(_latestUse, LastHit) is var latest && latest != 0 && now - latest <= quiet;

    private void Keep(Lease lease)
    {
        Forget();
        _wasBusy = true;
        _lease = memory.TryTake(lease.TicketBytes) ? lease : null;
    }

    private void Forget()
    {
        if (_lease is { } lease)
        {
            _lease = null;
            memory.Return(lease.TicketBytes);
        }
    }
}
