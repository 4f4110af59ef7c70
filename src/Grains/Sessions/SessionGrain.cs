using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="ISessionGrain"/>
/// <remarks>
/// Reentrant, so that a validation is answered while a revocation waits for leases to end. Whatever touches the record
/// holds the gate; whatever waits for leases does not.
/// </remarks>
[GrainType(GrainTypes.Session), Reentrant]
internal sealed partial class SessionGrain : Grain, ISessionGrain
{
    private readonly SessionOptions _options;
    private readonly SessionMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionGrain> _logger;
    private readonly OwnershipWindow _window;
    private readonly LeaseBook _leases;
    private readonly SessionStore _store;
    private readonly AsyncGate _gate = new();
    private DateTimeOffset _lastSeenAt;

    public SessionGrain(
        [FromKeyedServices(StorageNames.Sessions)] IGrainStorage storage,
        IOptions<SessionOptions> options,
        IOptions<LeaseOptions> leaseOptions,
        IOwnershipWindows windows,
        IRecordExpiry expiry,
        SessionMetrics metrics,
        TimeProvider time,
        ILogger<SessionGrain> logger)
    {
        _options = options.Value;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _window = new OwnershipWindow(windows, this.GetGrainId(), leaseOptions.Value, time);
        _leases = new LeaseBook(leaseOptions.Value, _window, time, logger);
        _store = new SessionStore(storage, this.GetGrainId(), expiry, _options);
    }

    private string SessionId => this.GetPrimaryKeyString();

    private SessionRecord Record => _store.Record;

    /// <summary>Last seen is stored once per this interval, so the end of an activation can shorten the idle timeout by no more.</summary>
    private TimeSpan LastSeenInterval => (Record.IdleTimeout ?? TimeSpan.FromDays(1)) / 20;

    private DateTimeOffset LastSeenAt => _lastSeenAt > Record.LastSeenAt ? _lastSeenAt : Record.LastSeenAt;

    /// <summary>Shortens the window to what is really out, so that nobody need wait for the rest, and stores the latest use.</summary>
    /// <remarks>The use of a session that was never busy is stored once per interval, and that is all: a lone visit costs no write.</remarks>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _window.ShortenAsync(_leases.LastEnd);
        if (_window.IsClaimed && Record.IsActive && LastSeenAt > Record.LastSeenAt)
        {
            await WriteAsync(Record with { LastSeenAt = LastSeenAt });
        }
    }

    public async Task<SignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ticket.Length, WireLimits.MaxTicketBytes);
        ArgumentException.ThrowIfNullOrEmpty(request.Subject);
        using var held = await _gate.EnterAsync(cancellationToken);
        if (!Record.IsUnused)
        {
            return new SignInResult(SignInStatus.AlreadyUsed);
        }

        // First the index, then the record: the index never misses a live session, and an entry whose session never
        // came to be is harmless.
        var record = SessionRecord.Start(request, _options.TimeoutsFor(request.RememberMe), _time.GetUtcNow());
        var registration = new SessionRegistration(SessionId, record.CreatedAt, record.ExpiresAt, request.SecurityStamp);
        var user = GrainFactory.GetUserSessions(request.Subject);
        var status = await user.RegisterAsync(registration, cancellationToken);
        if (status != SignInStatus.SignedIn)
        {
            DeactivateOnIdle();
            return new SignInResult(status);
        }

        // The write is refused where the ID has been used before: a read to find that out first would be wasted on all others.
        try
        {
            await WriteAsync(record);
        }
        catch (InconsistentStateException)
        {
            await LeaveIndexUnlessOursAsync(user, request.Subject);
            return new SignInResult(SignInStatus.AlreadyUsed);
        }

        _leases.NoteSignIn();
        _metrics.Created(record.RememberMe);
        return new SignInResult(SignInStatus.SignedIn, Record.ToInfo(SessionId, LastSeenAt));
    }

    public async ValueTask<ValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default)
    {
        var arrival = _store.Now;
        using var held = await _gate.EnterAsync(cancellationToken);
        _leases.NoteUse();
        var opensWindow = request.Holder is not null && !_window.FitsALease && _leases.IsWorthAWindow(request.IsShared);

        // A claim comes with a read. One before it serves only to learn that there is a session to claim a window for.
        if (!opensWindow || !IsHeldBy(request))
        {
            await RefreshUnlessCurrentAsync(arrival);
        }

        if (opensWindow && IsHeldBy(request))
        {
            await OpenWindowAsync();
        }

        if (await RefuseAsync(request) is { } refusal)
        {
            return refusal;
        }

        var now = _time.GetUtcNow();
        Touch(request.IsRenewal ? LastSeenAt : now);
        if (LastSeenAt - Record.LastSeenAt >= LastSeenInterval)
        {
            await WriteAsync(Record with { LastSeenAt = LastSeenAt });
        }

        return new ValidationResult
        {
            Status = SessionStatus.Active,
            Session = Record.ToInfo(SessionId, LastSeenAt),
            Lease = request.Holder is { } holder && _window.FitsALease ? _leases.Grant(holder, Record.ExpiresAt - now) : TimeSpan.Zero,
        };
    }

    public async Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ticket?.Length ?? 0, WireLimits.MaxTicketBytes);
        SessionInfo session;
        var arrival = _store.Now;
        using (await _gate.EnterAsync(cancellationToken))
        {
            await RefreshUnlessCurrentAsync(arrival);
            var isRepeated = Record.IsActive && Record.IsSecret(request.Next);
            if (!isRepeated)
            {
                if (await RefuseAsync(new ValidationRequest { SecretHash = request.Current }) is { } refusal)
                {
                    return new RotationResult(refusal.Status);
                }

                var now = _time.GetUtcNow();
                Touch(now);
                await WriteAsync(Record.Rotate(request, now));
                _metrics.Rotated();
            }

            session = Record.ToInfo(SessionId, LastSeenAt);
        }

        await _leases.TakeBackAsync(new LeaseDrop(SessionId, RevocationReason.None), session.Revision, cancellationToken);
        return new RotationResult(SessionStatus.Active, session);
    }

    public async Task<RevocationResult> RevokeAsync(RevocationRequest request, CancellationToken cancellationToken = default)
    {
        SessionStatus was;
        var arrival = _store.Now;
        using (await _gate.EnterAsync(cancellationToken))
        {
            await RefreshUnlessCurrentAsync(arrival);
            if (Record.IsUnused || (request.ProofOfPossession is { } proof && !IsProof(proof)))
            {
                ForgetIfUnused();
                return new RevocationResult(SessionStatus.NotFound);
            }

            was = Record.IsEnded ? Record.EndedBy.Status() : SessionStatus.Active;
            if (was == SessionStatus.Active)
            {
                await EndAsync(request.Reason);
            }
        }

        // Also for a session that has ended before: the call that ended it may still be waiting, or may have been lost.
        if (request.Wait == RevocationWait.Durable)
        {
            await _window.LookForOthersAsync(Record.Revision);
            MakeEffectiveAsync(CancellationToken.None).Ignore();
            return new RevocationResult(was, _leases.Outstanding());
        }

        await MakeEffectiveAsync(cancellationToken);
        return new RevocationResult(was);
    }

    public async ValueTask<SessionDescription?> DescribeAsync(CancellationToken cancellationToken = default)
    {
        var arrival = _store.Now;
        using var held = await _gate.EnterAsync(cancellationToken);
        await BringUpToDateAsync(arrival);
        return Record.IsActive ? Record.ToDescription(SessionId, LastSeenAt) : null;
    }

    public async ValueTask<SessionInfo?> InspectAsync(CancellationToken cancellationToken = default)
    {
        var arrival = _store.Now;
        using var held = await _gate.EnterAsync(cancellationToken);
        await BringUpToDateAsync(arrival);
        return Record.IsActive ? Record.ToInfo(SessionId, LastSeenAt) : null;
    }

    public async Task<TicketReplacementStatus> ReplaceTicketAsync(TicketReplacement replacement, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replacement.Ticket.Length, WireLimits.MaxTicketBytes);
        var arrival = _store.Now;
        using (await _gate.EnterAsync(cancellationToken))
        {
            await BringUpToDateAsync(arrival);
            if (!Record.IsActive)
            {
                return TicketReplacementStatus.NotActive;
            }

            var isRepeated = Record.Revision == replacement.Revision + 1 && Record.Ticket.AsSpan().SequenceEqual(replacement.Ticket);
            if (!isRepeated)
            {
                if (Record.Revision != replacement.Revision)
                {
                    return TicketReplacementStatus.Outdated;
                }

                await WriteAsync(Record with { Ticket = replacement.Ticket, LastSeenAt = LastSeenAt, Revision = Record.Revision + 1 });
            }
        }

        await _leases.TakeBackAsync(new LeaseDrop(SessionId, RevocationReason.None), replacement.Revision + 1, cancellationToken);
        return TicketReplacementStatus.Replaced;
    }

    public async Task<bool> AbandonAsync(CancellationToken cancellationToken = default)
    {
        var arrival = _store.Now;
        using var held = await _gate.EnterAsync(cancellationToken);
        await RefreshUnlessCurrentAsync(arrival);
        if (Record.IsUnused)
        {
            // The sign-in may still be under way in another activation: its write will find this tombstone, and fail.
            await WriteAsync(Record.End(RevocationReason.Abandoned, _time.GetUtcNow()));
        }

        if (!Record.IsEnded)
        {
            return false;
        }

        await _window.LookForOthersAsync(Record.Revision);
        return _leases.Outstanding() == TimeSpan.Zero;
    }

    /// <summary>The answer to someone who is not to be let in; null for the holder of an active session.</summary>
    private async Task<ValidationResult?> RefuseAsync(ValidationRequest request)
    {
        if (Record.IsUnused)
        {
            ForgetIfUnused();
            return ValidationResult.NotFound;
        }

        if (!Record.IsSecret(request.SecretHash))
        {
            await EndIfStolenAsync(request);
            return ValidationResult.NotFound;
        }

        await EndIfExpiredAsync(request.LastHitAge is { } age ? _time.GetUtcNow() - age : LastSeenAt);
        return Record.IsEnded ? ValidationResult.Ended(Record.EndedBy) : null;
    }

    private async Task EndIfExpiredAsync(DateTimeOffset reportedUse)
    {
        if (Record.IsActive)
        {
            Touch(reportedUse);
            var reason = SessionExpiry.Evaluate(_time.GetUtcNow(), LastSeenAt, Record.ExpiresAt, Record.IdleTimeout);
            if (reason != RevocationReason.None)
            {
                await EndAsync(reason);
                MakeEffectiveAsync(CancellationToken.None).Ignore();
            }
        }
    }

    /// <summary>Ends the session if a secret is presented long after its replacement. A renewal presents nothing: nobody sent it.</summary>
    private async Task EndIfStolenAsync(ValidationRequest request)
    {
        var isReused = !request.IsRenewal && Record.IsActive && Record.IsReplacedSecret(request.SecretHash);
        if (isReused && _time.GetUtcNow() - Record.RotatedAt > _options.ReuseGrace)
        {
            LogTokenReuse(_logger, SessionId);
            await EndAsync(RevocationReason.TokenReuse);
            MakeEffectiveAsync(CancellationToken.None).Ignore();
        }
    }

    private async Task EndAsync(RevocationReason reason)
    {
        await WriteAsync(Record.End(reason, _time.GetUtcNow()));
        _metrics.Ended(reason);
        LogEnded(_logger, SessionId, reason);
    }

    /// <summary>Sees to it that no front end accepts the session that has ended, and only then takes it off its user's index.</summary>
    /// <remarks>While it is in the index, whoever ends all of the user's sessions waits for it too.</remarks>
    private async Task MakeEffectiveAsync(CancellationToken cancellationToken)
    {
        await _leases.TakeBackAsync(new LeaseDrop(SessionId, Record.EndedBy), Record.Revision, cancellationToken);

        // An abandoned ID never came to be anyone's session.
        if (Record.Subject.Length > 0)
        {
            await GrainFactory.GetUserSessions(Record.Subject).ForgetAsync(SessionId);
        }
    }

    private Task OpenWindowAsync() => OrGoAsync(_window.OpenAsync(_store.RefreshAsync));

    private Task WriteAsync(SessionRecord next) => OrGoAsync(_store.WriteAsync(next, _time.GetUtcNow()));

    /// <summary>Ends the activation where the outcome of what it did to the store is not known.</summary>
    private async Task OrGoAsync(Task storing)
    {
        try
        {
            await storing;
        }
        catch
        {
            _window.GiveUp();
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Takes a user's index entry back, for an ID that turned out to be another user's session.</summary>
    private async Task LeaveIndexUnlessOursAsync(IUserSessionsGrain user, string subject)
    {
        await _store.RefreshAsync();
        if (Record.Subject != subject)
        {
            await user.ForgetAsync(SessionId);
        }
    }

    /// <summary>Reads the record where need be, and ends a session that has expired.</summary>
    private async Task BringUpToDateAsync(int arrival)
    {
        await RefreshUnlessCurrentAsync(arrival);
        await EndIfExpiredAsync(LastSeenAt);
        ForgetIfUnused();
    }

    /// <summary>
    /// Reads the record, unless what is in memory must be what is stored: inside the window, once ended, or where the store
    /// was asked for another call since this one arrived.
    /// </summary>
    private async Task RefreshUnlessCurrentAsync(int arrival)
    {
        if (IsCurrent(arrival))
        {
            return;
        }

        // Calls of the same burst are queued already: letting them arrive first spares them a read of their own.
        await Task.Yield();
        await _store.RefreshAsync();
    }

    private bool IsCurrent(int arrival) => Record.IsEnded || _window.IsOpen || _store.IsCurrentSince(arrival);

    /// <summary>
    /// A secret that was just replaced will do to end the session: the sign-out may have overtaken the answer with the new
    /// one, and would otherwise leave a session behind that the browser is about to get the cookie of.
    /// </summary>
    private bool IsProof(SecretHash secret) => Record.IsSecret(secret) || Record.IsReplacedSecret(secret);

    private bool IsHeldBy(ValidationRequest request) => Record.IsActive && Record.IsSecret(request.SecretHash);

    private void Touch(DateTimeOffset seenAt) => _lastSeenAt = seenAt > _lastSeenAt ? seenAt : _lastSeenAt;

    /// <summary>Someone asks for IDs that were never used: they are not worth the memory of an activation.</summary>
    private void ForgetIfUnused()
    {
        if (Record.IsUnused)
        {
            DeactivateOnIdle();
        }
    }
}
