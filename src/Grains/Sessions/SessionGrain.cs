using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="ISessionGrain"/>
/// <remarks>
/// Reentrant, so that a validation is answered while a revocation waits for leases to end. What touches the record holds
/// the gate; what waits for leases does not. A lone visit leaves memory within a minute.
/// </remarks>
[GrainType(GrainTypes.Session), Reentrant, CollectionAgeLimit(Minutes = 0.6)]
internal sealed partial class SessionGrain : Grain, ISessionGrain, IIndexedSession
{
    /// <summary>For how long a busy session stays in memory unused: its next page then costs one read less.</summary>
    private static readonly TimeSpan BusyStay = TimeSpan.FromMinutes(15);

    private readonly SessionOptions _options;
    private readonly SessionMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<SessionGrain> _logger;
    private readonly SessionLeases _leases;
    private readonly StoredSession _stored;
    private readonly AsyncGate _gate = new();
    private DateTimeOffset _seenAt;
    private bool _isUsed;

    public SessionGrain(
        ISessionStorages storages,
        IOptions<SessionOptions> options,
        IOptions<LeaseOptions> leaseOptions,
        IOwnershipWindows windows,
        SessionMetrics metrics,
        [FromKeyedServices(StorageNames.Clock)] TimeProvider clock,
        TimeProvider time,
        ILogger<SessionGrain> logger)
    {
        (_options, _metrics, _clock, _logger) = (options.Value, metrics, clock, logger);
        _leases = new SessionLeases(leaseOptions.Value, windows, this.GetGrainId(), time, logger);
        _stored = new StoredSession(storages, this.GetGrainId(), _options);
    }

    private string SessionId => this.GetPrimaryKeyString();

    private SessionRecord Record => _stored.Record;

    private DateTimeOffset Now => _clock.GetUtcNow();

    private LatestUse Use => new(_seenAt > Record.LastSeenAt ? _seenAt : Record.LastSeenAt, _isUsed);

    /// <summary>Shortens the window to what is really out, so that nobody need wait for the rest, and stores the latest use.</summary>
    /// <remarks>The use of a session that was never busy is stored once per interval, and that is all: a lone visit costs no write.</remarks>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leases.ShortenWindowAsync();
        if (_leases.HasBeenBusy && Record.IsActive && Use.SeenAt > Record.LastSeenAt)
        {
            await _stored.StoreUseAsync(Use.SeenAt, Now);
        }
    }

    public async Task<SignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ticket.Length, WireLimits.MaxTicketBytes);
        ArgumentException.ThrowIfNullOrEmpty(request.Subject);
        using var held = await _gate.EnterAsync(cancellationToken);
        ThrowIfDamaged();
        if (!Record.IsUnused)
        {
            return await RepeatAsync(request, cancellationToken);
        }

        // Side by side: no answer goes out before both stand. A record whose session is in no index has a token that nobody has.
        var record = SessionRecord.Start(request, _options.TimeoutsFor(request.RememberMe), areClaimsOutdated: false, Now);
        var registering = RegisterAsync(request, record, cancellationToken);
        var isNew = await TryStartAsync(record, registering);
        var admission = await registering;
        if (!isNew)
        {
            return await FindRepeatedAsync(request);
        }

        if (admission.Status != SignInStatus.SignedIn)
        {
            await EndAsync(RevocationReason.Abandoned);
            return new SignInResult(admission.Status);
        }

        if (admission.AreClaimsOutdated)
        {
            await WriteAsync(Record.OutdateClaims());
        }

        _leases.Uses.NoteSignIn();
        _metrics.Created(record.RememberMe);
        return new SignInResult(SignInStatus.SignedIn, ToInfo());
    }

    public async ValueTask<ValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default)
    {
        var arrival = _stored.OperationsSent;
        using var held = await _gate.EnterAsync(cancellationToken);

        // Claiming includes a read, so an earlier read is needed only if the session is not known yet.
        var isNoted = NoteUseOf(request);
        if (!isNoted || !_leases.NeedsWindow(request))
        {
            await RefreshUnlessCurrentAsync(arrival);
            isNoted = isNoted || NoteUseOf(request);
        }

        if (isNoted && IsHeldBy(request) && _leases.NeedsWindow(request))
        {
            await _leases.OpenWindowAsync(_stored.RefreshAsync);
            DelayDeactivation(BusyStay);
        }

        ThrowIfDamaged();
        if (await RefuseAsync(request.SecretHash, request.IsRenewal, request.LastHitAge) is { } refusal)
        {
            return refusal;
        }

        if (!request.IsRenewal)
        {
            NoteUseAt(Now);
        }

        // Nothing that a validation answers depends on it, so no answer waits for it.
        if (_stored.IsUseDue(Use.SeenAt))
        {
            StoreUseAsync().Ignore();
        }

        return new ValidationResult
        {
            Status = SessionStatus.Active,
            Session = ToInfo(request.KnownRevision),
            Lease = Record.AreClaimsOutdated ? TimeSpan.Zero : _leases.Grant(request.Holder, Record.ExpiresAt - Now),
        };
    }

    public async Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ticket.Length, WireLimits.MaxTicketBytes);
        SessionInfo session;
        using (await EnterToChangeAsync(cancellationToken))
        {
            ThrowIfDamaged();
            var isRepeated = Record.IsActive && Record.IsSecret(request.Next);
            if (!isRepeated)
            {
                if (await RefuseAsync(request.Current) is { } refusal)
                {
                    return new RotationResult(refusal.Status);
                }

                await WriteAsync(Record.Rotate(request, Now));
                _metrics.Rotated();
            }

            NoteUseAt(Now);
            session = ToInfo();
        }

        await _leases.TakeBackAsync(new LeaseDrop(SessionId, RevocationReason.None), session.Revision, cancellationToken);
        return new RotationResult(SessionStatus.Active, session);
    }

    public Task<RevocationResult> RevokeAsync(RevocationRequest request, CancellationToken cancellationToken = default) =>
        RevokeAsync(request, leavesIndex: true, cancellationToken);

    public async Task<RevocationResult> EndAsync(RevocationRequest request, CancellationToken cancellationToken = default)
    {
        var result = await RevokeAsync(request, leavesIndex: false, cancellationToken);

        // The sign-in may still be on its way to the store, from a silo that was declared dead. It must not arrive; where it
        // just has, there is a session to end.
        return result.Status == SessionStatus.NotFound && await SettleAsync(cancellationToken) == IndexEntryFate.Stays
            ? await RevokeAsync(request, leavesIndex: false, cancellationToken)
            : result;
    }

    public async Task AbandonAsync(Abandonment abandonment, CancellationToken cancellationToken = default)
    {
        using (await EnterToChangeAsync(cancellationToken))
        {
            var isOurs = Record.IsUnused || (Record.IsActive && Record.IsSecret(abandonment.SecretHash));
            if (isOurs)
            {
                await EndAsync(RevocationReason.Abandoned);
            }

            if (!isOurs && Record.EndedBy != RevocationReason.Abandoned)
            {
                return;
            }
        }

        // Only now: a sign-in that is under way elsewhere cannot store the session any more.
        await GrainFactory.GetSessionIndex(abandonment.Subject).ForgetAsync(SessionId);
    }

    public async ValueTask<IndexedSessionState> DescribeAsync(CancellationToken cancellationToken = default)
    {
        using var held = await EnterAsync(cancellationToken);
        ThrowIfDamaged();
        await EndIfOverAsync();
        if (!Record.IsActive)
        {
            ForgetIfUnused();
            return IndexedSessionState.NotActive;
        }

        var idleTimeout = _isUsed ? Record.IdleTimeout : Record.EffectiveIdleTimeout;
        return new IndexedSessionState(
            Record.ToDescription(SessionId, Use.SeenAt),
            IsUsed: _isUsed || Record.UnusedTimeout is null,
            SessionExpiry.EndsAt(Use.SeenAt, Record.ExpiresAt, idleTimeout));
    }

    public async Task<ValidationResult> RenewClaimsAsync(ClaimsRenewal renewal, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(renewal.Ticket.Length, WireLimits.MaxTicketBytes);
        using var held = await EnterToChangeAsync(cancellationToken);
        ThrowIfDamaged();
        if (await RefuseAsync(renewal.SecretHash) is { } refusal)
        {
            return refusal;
        }

        // Outdated claims have no leases, so there is none to take back.
        if (Record.AreClaimsOutdated && Record.Revision == renewal.Revision)
        {
            await WriteAsync(Record.RenewClaims(renewal.Ticket));
        }

        return new ValidationResult { Status = SessionStatus.Active, Session = ToInfo() };
    }

    public async Task<IndexEntryFate> OutdateClaimsAsync(CancellationToken cancellationToken = default)
    {
        using (await EnterToChangeAsync(cancellationToken))
        {
            ThrowIfDamaged();
            if (Record.IsActive && !Record.AreClaimsOutdated)
            {
                await WriteAsync(Record.OutdateClaims());
            }
        }

        if (Record.IsActive)
        {
            await _leases.TakeBackAsync(new LeaseDrop(SessionId, RevocationReason.None), Record.Revision, cancellationToken);
            return IndexEntryFate.Stays;
        }

        // A sign-in that is between index and record has claims from before this call: it must not come through.
        return await SettleAsync(cancellationToken) == IndexEntryFate.Stays
            ? await OutdateClaimsAsync(cancellationToken)
            : IndexEntryFate.Ending;
    }

    public async Task NoteUseAsync(UseReport report)
    {
        using var held = await EnterAsync(CancellationToken.None);
        if (Record.IsActive && Record.IsSecret(report.SecretHash))
        {
            NoteUseAt(Now - report.Age);
            if (_stored.IsUseDue(Use.SeenAt))
            {
                await StoreUseAsync();
            }
        }
    }

    public async Task<IndexEntryFate> SettleAsync(CancellationToken cancellationToken = default)
    {
        using var held = await EnterToChangeAsync(cancellationToken);
        ThrowIfDamaged();
        if (Record.IsUnused)
        {
            // The sign-in may still be under way in another activation: its write will find this tombstone, and fail.
            await WriteAsync(Record.End(RevocationReason.Abandoned, Now, _stored.LatestRevision));
        }

        return !Record.IsEnded ? IndexEntryFate.Stays
            : await _leases.OutstandingAsync(Record.Revision) == TimeSpan.Zero ? IndexEntryFate.MayGo
            : IndexEntryFate.Ending;
    }

    private async Task<RevocationResult> RevokeAsync(RevocationRequest request, bool leavesIndex, CancellationToken cancellationToken)
    {
        SessionStatus was;
        using (await EnterToChangeAsync(cancellationToken))
        {
            if (request.ProofOfPossession is { } proof)
            {
                ThrowIfDamaged();
                if (!IsProof(proof))
                {
                    ForgetIfUnused();
                    return new RevocationResult(SessionStatus.NotFound);
                }
            }

            if (Record.IsUnused && !_stored.IsDamaged)
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
            var outstanding = await _leases.OutstandingAsync(Record.Revision);
            MakeEffectiveAsync(leavesIndex, CancellationToken.None).Ignore();
            return new RevocationResult(was, outstanding);
        }

        await MakeEffectiveAsync(leavesIndex, cancellationToken);
        return new RevocationResult(was);
    }

    // The methods below hold the gate, or are called by those that do.

    /// <summary>Takes the turn of a call, with a record as it was stored after the call arrived.</summary>
    private async Task<AsyncGate.Holder> EnterAsync(CancellationToken cancellationToken)
    {
        var arrival = _stored.OperationsSent;
        var held = await _gate.EnterAsync(cancellationToken);
        try
        {
            await RefreshUnlessCurrentAsync(arrival);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Takes the turn of a call that will write, with the etag of the record known.</summary>
    private async Task<AsyncGate.Holder> EnterToChangeAsync(CancellationToken cancellationToken)
    {
        var held = await EnterAsync(cancellationToken);
        try
        {
            await _stored.SettleUseAsync();
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the record, unless what is in memory must be what is stored: inside the window, once ended, or where the store
    /// was asked for another call since this one arrived.
    /// </summary>
    private async Task RefreshUnlessCurrentAsync(int arrival)
    {
        if (Record.IsEnded || _leases.AnswerFromMemory || _stored.IsCurrentSince(arrival))
        {
            return;
        }

        // Calls of the same burst are queued already: letting them arrive first spares them a read of their own.
        await Task.Yield();
        await _stored.RefreshAsync();
    }

    private async Task WriteAsync(SessionRecord next)
    {
        try
        {
            await _stored.WriteAsync(next, Now);
        }
        catch (InconsistentStateException)
        {
            _leases.DistrustMemory();
            throw new OrleansException($"Session {SessionId} was changed meanwhile, by another activation.");
        }
        catch
        {
            _leases.DistrustMemory();
            throw;
        }
    }

    private async Task EndAsync(RevocationReason reason)
    {
        await WriteAsync(Record.End(reason, Now, _stored.LatestRevision));
        _metrics.Ended(reason);
        LogEnded(_logger, SessionId, reason);
    }

    /// <summary>The answer to someone who is not to be let in; null for the holder of an active session.</summary>
    private async Task<ValidationResult?> RefuseAsync(SecretHash presented, bool isRenewal = false, TimeSpan? lastHitAge = null)
    {
        ForgetIfUnused();
        if (lastHitAge is { } age && Record.IsSecret(presented))
        {
            NoteUseAt(Now - age);
        }

        var judgement = SessionRules.Judge(Record, Use, presented, isRenewal, Now, _options.ReuseGrace);
        if (judgement.MustEnd == RevocationReason.TokenReuse)
        {
            LogTokenReuse(_logger, SessionId);
        }

        await EndByItselfAsync(judgement.MustEnd);
        return judgement.Refusal;
    }

    private Task EndIfOverAsync() => EndByItselfAsync(SessionRules.EndedBy(Record, Use, Now));

    private async Task EndByItselfAsync(RevocationReason reason)
    {
        if (reason != RevocationReason.None)
        {
            await _stored.SettleUseAsync();
            await EndAsync(reason);
            MakeEffectiveAsync(leavesIndex: true, CancellationToken.None).Ignore();
        }
    }

    private Task<Admission> RegisterAsync(SignInRequest request, SessionRecord record, CancellationToken cancellationToken) =>
        GrainFactory.GetSessionIndex(request.Subject).RegisterAsync(
            new SessionRegistration
            {
                SessionId = SessionId,
                CreatedAt = record.CreatedAt,
                ExpiresAt = record.ExpiresAt,
                SecurityStamp = request.SecurityStamp,
                Replaces = request.Replaces,
            },
            cancellationToken);

    /// <summary>Stores the record of a new session. The write is refused where the ID has been used before, so nothing is read first.</summary>
    private async Task<bool> TryStartAsync(SessionRecord record, Task registering)
    {
        try
        {
            await _stored.WriteAsync(record, Now);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
        catch
        {
            // The caller hears of the store; what became of the entry makes no difference to it.
            registering.Ignore();
            throw;
        }
    }

    private async Task<SignInResult> FindRepeatedAsync(SignInRequest request)
    {
        await _stored.RefreshAsync();
        if (Record.Subject != request.Subject)
        {
            await GrainFactory.GetSessionIndex(request.Subject).ForgetAsync(SessionId);
        }

        return IsStartedBy(request) ? new SignInResult(SignInStatus.SignedIn, ToInfo()) : new SignInResult(SignInStatus.AlreadyUsed);
    }

    /// <summary>Answers a sign-in that was asked for again. The first one may have stored the session, and not its entry.</summary>
    private async Task<SignInResult> RepeatAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        if (!IsStartedBy(request))
        {
            return new SignInResult(SignInStatus.AlreadyUsed);
        }

        var admission = await RegisterAsync(request, Record, cancellationToken);
        if (admission.Status != SignInStatus.SignedIn)
        {
            await EndAsync(RevocationReason.Abandoned);
            return new SignInResult(admission.Status);
        }

        return new SignInResult(SignInStatus.SignedIn, ToInfo());
    }

    private bool IsStartedBy(SignInRequest request) =>
        Record.IsActive && Record.IsSecret(request.SecretHash) && Record.Subject == request.Subject;

    private bool NoteUseOf(ValidationRequest request)
    {
        var isHeld = IsHeldBy(request);
        if (isHeld)
        {
            _leases.Uses.NoteUse();
        }

        return isHeld;
    }

    private void NoteUseAt(DateTimeOffset seenAt)
    {
        _isUsed = true;
        _seenAt = seenAt > _seenAt ? seenAt : _seenAt;
    }

    private async Task StoreUseAsync()
    {
        if (await _stored.StoreUseAsync(Use.SeenAt, Now) == WriteOutcome.Refused)
        {
            // Another activation has changed the record.
            _leases.DistrustMemory();
        }
    }

    /// <summary>Sees to it that no front end accepts the session that has ended, and only then takes it off its user's index.</summary>
    /// <remarks>While the session is in the index, a call that ends all of the user's sessions waits for it, too.</remarks>
    private async Task MakeEffectiveAsync(bool leavesIndex, CancellationToken cancellationToken)
    {
        await _leases.TakeBackAsync(new LeaseDrop(SessionId, Record.EndedBy), Record.Revision, cancellationToken);

        // An abandoned ID never came to be anyone's session.
        if (leavesIndex && Record.Subject.Length > 0)
        {
            await GrainFactory.GetSessionIndex(Record.Subject).ForgetAsync(SessionId);
        }
    }

    /// <summary>
    /// A secret that was just replaced will do to end the session: the sign-out may have overtaken the answer with the new
    /// one, and would otherwise leave a session behind that the browser is about to get the cookie of.
    /// </summary>
    private bool IsProof(SecretHash secret) => Record.IsSecret(secret) || Record.IsReplacedSecret(secret);

    private bool IsHeldBy(ValidationRequest request) => Record.IsActive && Record.IsSecret(request.SecretHash);

    private SessionInfo ToInfo(int? knownRevision = null) => Record.ToInfo(SessionId, Use.SeenAt, Now, knownRevision);

    private void ThrowIfDamaged()
    {
        if (_stored.IsDamaged)
        {
            throw new OrleansException($"The record of session {SessionId} is damaged.");
        }
    }

    /// <summary>Someone asks for IDs that were never used: they are not worth the memory of an activation.</summary>
    private void ForgetIfUnused()
    {
        if (Record.IsUnused)
        {
            DeactivateOnIdle();
        }
    }
}
