using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="ISessionGrain"/>
/// <remarks>
/// Reentrant, so that a validation is answered while a revocation waits for leases to end. What touches the record holds
/// the gate; what waits for leases does not. A lone visit leaves memory within a minute.
/// </remarks>
[GrainType(GrainTypes.Session), Reentrant, CollectionAgeLimit(Minutes = 0.6)]
internal sealed partial class SessionGrain : Grain, ISessionGrain, IIndexedSession
{
    private readonly LoginSessionOptions _options;
    private readonly SessionMetrics _metrics;
    private readonly ILogger<SessionGrain> _logger;
    private readonly SessionLeases _leases;
    private readonly SessionState _state;
    private readonly SessionSignIn _signIn;

    public SessionGrain(
        ISessionStorages storages,
        IOptions<LoginSessionOptions> options,
        IOptions<LeaseOptions> leaseOptions,
        IOwnershipWindows windows,
        IUseNotes notes,
        SessionMetrics metrics,
        [FromKeyedServices(StorageNames.Clock)] TimeProvider clock,
        TimeProvider time,
        ILogger<SessionGrain> logger)
    {
        (_options, _metrics, _logger) = (options.Value, metrics, logger);
        _leases = new SessionLeases(leaseOptions.Value, windows, this.GetGrainId(), time, logger);
        _state = new SessionState(new StoredSession(storages, this.GetGrainId(), _options), notes, this.GetGrainId(), _leases, clock);
        _signIn = new SessionSignIn(_state, GrainFactory, SessionId, _options);
    }

    private string SessionId => this.GetPrimaryKeyString();

    private SessionRecord Record => _state.Record;

    /// <summary>Shortens the window to what is really out, so that nobody need wait for the rest, and stores the latest use.</summary>
    /// <remarks>The use of a session that was never busy is stored once per interval, and that is all: a lone visit costs no write.</remarks>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leases.ShortenWindowAsync();
        if (_leases.HasBeenBusy)
        {
            await _state.StoreLastUseAsync();
        }
    }

    public async Task<SessionSignInResult> SignInAsync(SignInRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ticket.Length, WireLimits.MaxTicketBytes);
        ArgumentException.ThrowIfNullOrEmpty(request.Subject);
        using var held = await _state.EnterUnreadAsync(cancellationToken);
        var (status, isNew) = await _signIn.StartAsync(request, cancellationToken);
        if (status != SignInStatus.SignedIn)
        {
            if (Record.IsActive && _signIn.IsStartedBy(request))
            {
                await EndAsync(RevocationReason.Abandoned);
            }

            return new SessionSignInResult(status);
        }

        if (isNew)
        {
            _leases.Uses.NoteSignIn();
            _metrics.Created(Record.RememberMe);
        }

        return new SessionSignInResult(SignInStatus.SignedIn, ToInfo());
    }

    public async ValueTask<SessionValidationResult> ValidateAsync(ValidationRequest request, CancellationToken cancellationToken = default)
    {
        var arrival = _state.OperationsSent;
        using var held = await _state.EnterUnreadAsync(cancellationToken);

        // Claiming includes a read, so an earlier read is needed only if the session is not known yet.
        var isNoted = NoteUseOf(request);
        if (!isNoted || !_leases.NeedsWindow(request))
        {
            await _state.RefreshUnlessCurrentAsync(arrival);
            isNoted = isNoted || NoteUseOf(request);
        }

        if (isNoted && IsHeldBy(request) && _leases.NeedsWindow(request))
        {
            await _leases.OpenWindowAsync(_state.RefreshAsync);
            DelayDeactivation(_options.BusyStay);
        }

        _state.ThrowIfDamaged();
        if (await RefuseAsync(request.SecretHash, request.IsRenewal, request.LastHitAge) is { } refusal)
        {
            return refusal;
        }

        if (!request.IsRenewal)
        {
            _state.NoteUse(_state.Now);
        }

        // Nothing that a validation answers depends on it, so no answer waits for it.
        _state.StoreUseIfDueAsync().Ignore();

        return new SessionValidationResult
        {
            Status = SessionStatus.Active,
            Session = ToInfo(request.KnownRevision),
            Lease = Record.AreClaimsOutdated ? TimeSpan.Zero : _leases.Grant(request.Holder, Record.ExpiresAt - _state.Now),
        };
    }

    public async Task<RotationResult> RotateAsync(RotationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Ticket.Length, WireLimits.MaxTicketBytes);
        SessionInfo session;
        using (await _state.EnterToChangeAsync(cancellationToken))
        {
            _state.ThrowIfDamaged();
            var isRepeated = Record.IsActive && Record.IsSecret(request.Next);
            if (!isRepeated)
            {
                if (await RefuseAsync(request.Current) is { } refusal)
                {
                    return new RotationResult(refusal.Status);
                }

                await _state.WriteAsync(Record.Rotate(request, _state.Now));
                _metrics.Rotated();
            }

            _state.NoteUse(_state.Now);
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
        using (await _state.EnterToChangeAsync(cancellationToken))
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
        using var held = await _state.EnterAsync(cancellationToken);
        _state.ThrowIfDamaged();
        await _state.LearnOfUsesAsync();
        await EndIfOverAsync();
        if (!Record.IsActive)
        {
            ForgetIfUnused();
            return IndexedSessionState.NotActive;
        }

        var use = _state.Use;
        return new IndexedSessionState(
            Record.ToDescription(SessionId, use.SeenAt),
            use.IsUsed,
            SessionExpiry.EndsAt(use.SeenAt, Record.ExpiresAt, use.IsUsed ? Record.IdleTimeout : Record.EffectiveIdleTimeout));
    }

    public async Task<SessionValidationResult> RenewClaimsAsync(ClaimsRenewal renewal, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(renewal.Ticket.Length, WireLimits.MaxTicketBytes);
        using var held = await _state.EnterToChangeAsync(cancellationToken);
        _state.ThrowIfDamaged();
        if (await RefuseAsync(renewal.SecretHash) is { } refusal)
        {
            return refusal;
        }

        // Outdated claims have no leases, so there is none to take back.
        if (Record.AreClaimsOutdated && Record.Revision == renewal.Revision)
        {
            await _state.WriteAsync(Record.RenewClaims(renewal.Ticket));
        }

        return new SessionValidationResult { Status = SessionStatus.Active, Session = ToInfo() };
    }

    public async Task<IndexEntryFate> OutdateClaimsAsync(CancellationToken cancellationToken = default)
    {
        using (await _state.EnterToChangeAsync(cancellationToken))
        {
            _state.ThrowIfDamaged();
            if (Record.IsActive && !Record.AreClaimsOutdated)
            {
                await _state.WriteAsync(Record.OutdateClaims());
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

    public async Task<IndexEntryFate> SettleAsync(CancellationToken cancellationToken = default)
    {
        using var held = await _state.EnterToChangeAsync(cancellationToken);
        _state.ThrowIfDamaged();
        if (Record.IsUnused)
        {
            // The sign-in may still be under way in another activation: its write will find this tombstone, and fail.
            await _state.WriteAsync(Record.End(RevocationReason.Abandoned, _state.Now, _state.LatestRevision));
        }

        return !Record.IsEnded ? IndexEntryFate.Stays
            : await _leases.OutstandingAsync(Record.Revision) == TimeSpan.Zero ? IndexEntryFate.MayGo
            : IndexEntryFate.Ending;
    }

    private async Task<RevocationResult> RevokeAsync(RevocationRequest request, bool leavesIndex, CancellationToken cancellationToken)
    {
        ReasonText.ThrowIfUnfit(request.ReasonText);
        SessionStatus was;
        using (await _state.EnterToChangeAsync(cancellationToken))
        {
            if (request.ProofOfPossession is { } proof)
            {
                _state.ThrowIfDamaged();
                if (!IsProof(proof))
                {
                    ForgetIfUnused();
                    return new RevocationResult(SessionStatus.NotFound);
                }
            }

            if (Record.IsUnused && !_state.IsDamaged)
            {
                ForgetIfUnused();
                return new RevocationResult(SessionStatus.NotFound);
            }

            was = Record.IsEnded ? Record.EndedBy.Status() : SessionStatus.Active;
            if (was == SessionStatus.Active)
            {
                await EndAsync(request.Reason, request.ReasonText);
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

    private async Task EndAsync(RevocationReason reason, string? reasonText = null)
    {
        await _state.WriteAsync(Record.End(reason, _state.Now, _state.LatestRevision, reasonText));
        _metrics.Ended(reason);
        if (reasonText is null)
        {
            LogEnded(_logger, SessionId, reason);
        }
        else
        {
            LogEndedFor(_logger, SessionId, reason, reasonText);
        }
    }

    /// <summary>The answer to someone who is not to be let in; null for the holder of an active session.</summary>
    private async Task<SessionValidationResult?> RefuseAsync(SecretHash presented, bool isRenewal = false, TimeSpan? lastHitAge = null)
    {
        ForgetIfUnused();
        if (lastHitAge is { } age && Record.IsSecret(presented))
        {
            _state.NoteUse(_state.Now - age);
        }

        var judgement = Judge(presented, isRenewal);
        if (judgement.MustEnd == RevocationReason.IdleTimeout)
        {
            await _state.LearnOfUsesAsync();
            judgement = Judge(presented, isRenewal);
        }

        if (judgement.MustEnd == RevocationReason.TokenReuse)
        {
            LogTokenReuse(_logger, SessionId);
        }

        await EndByItselfAsync(judgement.MustEnd);
        return judgement.Refusal;
    }

    private async Task EndIfOverAsync()
    {
        if (EndedBy() == RevocationReason.IdleTimeout)
        {
            await _state.LearnOfUsesAsync();
        }

        await EndByItselfAsync(EndedBy());

        RevocationReason EndedBy() => SessionRules.EndedBy(Record, _state.Use, _state.Now);
    }

    private Judgement Judge(SecretHash presented, bool isRenewal) =>
        SessionRules.Judge(Record, _state.Use, presented, isRenewal, _state.Now, _options.ReuseGrace);

    private async Task EndByItselfAsync(RevocationReason reason)
    {
        if (reason == RevocationReason.None)
        {
            return;
        }

        await _state.SettleUseAsync();
        if (Record.IsActive)
        {
            await EndAsync(reason);
            MakeEffectiveAsync(leavesIndex: true, CancellationToken.None).Ignore();
        }
    }

    private bool NoteUseOf(ValidationRequest request)
    {
        var isHeld = IsHeldBy(request);
        if (isHeld)
        {
            _leases.Uses.NoteUse();
        }

        return isHeld;
    }

    /// <summary>Sees to it that no front end accepts the session that has ended, and only then takes it off its user's index.</summary>
    /// <remarks>While the session is in the index, a call that ends all of the user's sessions waits for it, too.</remarks>
    private async Task MakeEffectiveAsync(bool leavesIndex, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            _leases.TakeBackAsync(new LeaseDrop(SessionId, Record.EndedBy) { ReasonText = Record.EndedFor }, Record.Revision, cancellationToken),
            OwnedData.EndAsync(GrainFactory, Record.Data, SessionId, cancellationToken));

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

    private SessionInfo ToInfo(int? knownRevision = null) => Record.ToInfo(SessionId, _state.Use.SeenAt, _state.Now, knownRevision);

    /// <summary>Someone asks for IDs that were never used: they are not worth the memory of an activation.</summary>
    private void ForgetIfUnused()
    {
        if (Record.IsUnused)
        {
            DeactivateOnIdle();
        }
    }
}
