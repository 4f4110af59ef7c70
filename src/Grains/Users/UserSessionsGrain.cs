using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="IUserSessionsGrain"/>
/// <remarks>
/// Reentrant, so that ending a hundred sessions does not keep a sign-in waiting for their leases; what changes the index
/// holds the gate. The grain waits only for sessions that are in the index, and a session waits for the grain only before
/// it is in the index, so the two never wait for each other. The grain leaves memory soon: between a user's sign-ins nobody
/// asks for it.
/// </remarks>
[GrainType(GrainTypes.UserSessions), Reentrant, CollectionAgeLimit(Minutes = 0.6)]
internal sealed partial class UserSessionsGrain : Grain, IUserSessionsGrain, ISessionIndex
{
    /// <summary>How old the index in memory may be for those who watch it: another activation may have replaced this one.</summary>
    private static readonly TimeSpan WatchedAge = TimeSpan.FromSeconds(10);

    /// <summary>How long a sign-in may take from reading the user's claims to its registration.</summary>
    private static readonly TimeSpan LongestSignIn = TimeSpan.FromMinutes(1);

    private readonly StoredRecord<UserSessionsRecord> _stored;
    private readonly SessionCalls _sessions;
    private readonly IGrainStorage _storage;
    private readonly IGrainStorage _inPlace;
    private readonly LoginSessionOptions _options;
    private readonly TimeProvider _clock;
    private readonly TimeProvider _time;
    private readonly AsyncGate _gate = new();
    private readonly HashSet<string> _forgettable = new(StringComparer.Ordinal);
    private long _readAt;

    public UserSessionsGrain(
        [FromKeyedServices(StorageNames.UserSessions)] IGrainStorage storage,
        [FromKeyedServices(StorageNames.UserSessionsInPlace)] IGrainStorage inPlace,
        IOptions<LoginSessionOptions> options,
        [FromKeyedServices(StorageNames.Clock)] TimeProvider clock,
        TimeProvider time,
        ILogger<UserSessionsGrain> logger)
    {
        (_storage, _inPlace, _options, _clock, _time) = (storage, inPlace, options.Value, clock, time);
        _stored = new("sessions", this.GetGrainId(), UserSessionsRecord.CurrentVersion, UserSessionsRecord.None);
        _sessions = new SessionCalls(GrainFactory, logger);
    }

    private UserSessionsRecord Index => _stored.Value;

    public async Task<Admission> RegisterAsync(SessionRegistration registration, CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        if (!_stored.IsKnown)
        {
            // The write of an admission proves it or fails; a refusal reads again.
            await _stored.GuessAsync(_inPlace);
        }

        try
        {
            return new Admission(await AdmitAsync(registration, cancellationToken), AreClaimsOutdated());
        }
        catch (InconsistentStateException)
        {
            // Another activation has changed the index since it was read.
            await RefreshAsync();
        }

        try
        {
            return new Admission(await AdmitAsync(registration, cancellationToken), AreClaimsOutdated());
        }
        catch (InconsistentStateException)
        {
            throw new OrleansException("The user's sessions are being changed by another activation.");
        }
    }

    public async Task<ImmutableArray<SessionDescription>> ListAsync(CancellationToken cancellationToken = default)
    {
        var entries = await ReadEntriesAsync(cancellationToken);
        var states = await _sessions.DescribeAsync(entries, cancellationToken);
        var gone = await _sessions.SettleAsync(
            states.Where(static each => each.State is { Description: null }).Select(static each => each.Entry), cancellationToken);
        await ForgetAsync(gone.Where(static each => each.Fate == IndexEntryFate.MayGo).Select(static each => each.Entry.SessionId));
        return
        [
            .. states.Where(static each => each.State is not { Description: null })
                .Select(static each => each.State?.Description ?? each.Entry.ToDescription())
                .OrderByDescending(static each => each.CreatedAt),
        ];
    }

    public Task<bool> RevokeAsync(string sessionId, RevocationReason reason, CancellationToken cancellationToken = default) =>
        RevokeAsync(new RevokeOneRequest(sessionId, reason, null), cancellationToken);

    public async Task<bool> RevokeAsync(RevokeOneRequest request, CancellationToken cancellationToken = default)
    {
        ReasonText.ThrowIfUnfit(request.ReasonText);
        var sessionId = request.SessionId;
        var entries = await ReadEntriesAsync(cancellationToken);
        if (entries.All(entry => entry.SessionId != sessionId))
        {
            return false;
        }

        var status = await _sessions.EndAsync(sessionId, request.Reason, request.ReasonText).WaitAsync(cancellationToken);
        await ForgetAsync([sessionId]);
        return status is SessionStatus.Active or SessionStatus.Revoked;
    }

    public async Task<int> RevokeAllAsync(RevokeAllRequest request, CancellationToken cancellationToken = default)
    {
        ReasonText.ThrowIfUnfit(request.ReasonText);

        // The stamp comes first: a sign-in with the old credentials is either in the index by now, or refused from now on.
        if (request.SecurityStamp is { } stamp)
        {
            await SetStampAsync(stamp, cancellationToken);
        }

        var entries = await ReadEntriesAsync(cancellationToken);
        var ends = await _sessions.EndAllAsync(
            entries.Where(entry => entry.SessionId != request.Except), request.Reason, request.ReasonText, cancellationToken);
        await ForgetAsync(ends.Where(static end => end.Status is not null).Select(static end => end.SessionId));
        var failed = ends.Count(static end => end.Status is null);
        return failed == 0
            ? ends.Count(static end => end.Status == SessionStatus.Active)
            : throw new OrleansException($"{failed} of {ends.Length} sessions could not be ended.");
    }

    public async Task SetStampAsync(string securityStamp, CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        await RefreshAsync();
        if (Index.SecurityStamp != securityStamp)
        {
            await WriteOrThrowAsync(Index with { SecurityStamp = securityStamp });
        }
    }

    public async ValueTask<long> ChangesAsync(CancellationToken cancellationToken = default)
    {
        if (!_stored.IsKnown || _time.GetElapsedTime(_readAt) >= WatchedAge)
        {
            await ReadEntriesAsync(cancellationToken);
        }

        return Index.Changes;
    }

    public async Task OutdateClaimsAsync(CancellationToken cancellationToken = default)
    {
        ImmutableArray<IndexedSession> entries;
        using (await _gate.EnterAsync(cancellationToken))
        {
            // The mark comes first: a sign-in with older claims is either in the index by now, or marked from now on.
            await RefreshAsync();
            await WriteOrThrowAsync(Index with { ClaimsOutdatedAt = _clock.GetUtcNow() });
            entries = Index.Sessions;
        }

        await _sessions.OutdateClaimsAsync(entries, cancellationToken);
    }

    public Task ForgetAsync(string sessionId) => ForgetAsync([sessionId]);

    /// <summary>Takes entries off the index; all that are waiting for the gate go in one write.</summary>
    /// <remarks>It never fails: an entry that stays is found again by the next list.</remarks>
    private async Task ForgetAsync(IEnumerable<string> sessionIds)
    {
        _forgettable.UnionWith(sessionIds);
        if (_forgettable.Count == 0)
        {
            return;
        }

        using var held = await _gate.EnterAsync(CancellationToken.None);
        var forgotten = new HashSet<string>(_forgettable, StringComparer.Ordinal);
        try
        {
            await ReadUnlessKnownAsync();
            if (Index.Sessions.Any(entry => forgotten.Contains(entry.SessionId)))
            {
                await WriteAsync(Index.Without(forgotten));
            }
        }
        catch (Exception e) when (e is OrleansException or InconsistentStateException)
        {
            LogEntriesStay(_sessions.Logger, e);
        }

        // Others may have come while the write was under way: they are behind the gate, with a write of their own.
        _forgettable.ExceptWith(forgotten);
    }

    private async Task<ImmutableArray<IndexedSession>> ReadEntriesAsync(CancellationToken cancellationToken)
    {
        var arrival = _stored.OperationsSent;
        using var held = await _gate.EnterAsync(cancellationToken);
        if (!_stored.IsCurrentSince(arrival))
        {
            await RefreshAsync();
        }

        return Index.Sessions;
    }

    // The methods below hold the gate.

    private async Task<SignInStatus> AdmitAsync(SessionRegistration registration, CancellationToken cancellationToken)
    {
        if (!Index.Accepts(registration.SecurityStamp))
        {
            // The write would find out that the index is not what is stored any more. A refusal writes nothing.
            await RefreshAsync();
            if (!Index.Accepts(registration.SecurityStamp))
            {
                return SignInStatus.CredentialsChanged;
            }
        }

        if (!_stored.IsKnown && (_stored.IsDamaged || IsFull(Others())))
        {
            await RefreshAsync();
        }

        var others = Others();
        if (IsFull(others))
        {
            if (await MakeRoomAsync(others, registration.Replaces, cancellationToken) is not { } kept)
            {
                return SignInStatus.LimitReached;
            }

            others = kept;
        }

        var entry = new IndexedSession(registration.SessionId, registration.CreatedAt, registration.ExpiresAt)
        {
            Replaces = registration.Replaces?.SessionId,
        };
        await WriteAsync((Index with { Sessions = others }).With(entry));
        return SignInStatus.SignedIn;

        ImmutableArray<IndexedSession> Others() => Index.Sessions.RemoveAll(entry => entry.SessionId == registration.SessionId);
    }

    private bool IsFull(ImmutableArray<IndexedSession> entries) => entries.Count(static entry => !entry.IsEnding) >= _options.MaxPerUser;

    /// <summary>Finds out which sessions are live, and ends as many as the limit demands.</summary>
    /// <returns>The entries that stay; null where the policy rejects the sign-in.</returns>
    private async Task<ImmutableArray<IndexedSession>?> MakeRoomAsync(
        ImmutableArray<IndexedSession> entries, SessionProof? replaces, CancellationToken cancellationToken)
    {
        var standing = await FindStandingAsync(entries, cancellationToken);
        var replaced = standing.Any(each => each.Live.SessionId == replaces?.SessionId) ? replaces : null;
        while (true)
        {
            var room = SessionLimit.MakeRoom(
                [.. standing.Where(static each => !each.Entry.IsEnding).Select(static each => each.Live)], replaced?.SessionId, _options.MaxPerUser);
            if (_options.LimitPolicy == LimitPolicy.Reject && room.Any(session => SessionLimit.IsHeld(session, replaced?.SessionId)))
            {
                return null;
            }

            // Durable is enough to keep the limit; waiting for a dead front end's lease would hold the sign-in up.
            var ended = await Task.WhenAll(room.Select(session => _sessions.EvictAsync(session.SessionId, replaced, cancellationToken)));
            if (ended.All(static each => each))
            {
                var ending = room.Select(static session => session.SessionId).ToHashSet(StringComparer.Ordinal);
                return [.. standing.Select(each => ending.Contains(each.Entry.SessionId) ? each.Entry with { IsEnding = true } : each.Entry)];
            }

            // The browser holds no such session: its cookie was made up.
            replaced = null;
        }
    }

    /// <summary>Asks the sessions that may be over, and leaves out those that nobody accepts any more and nobody ever will.</summary>
    private async Task<ImmutableArray<(IndexedSession Entry, LiveSession Live)>> FindStandingAsync(
        ImmutableArray<IndexedSession> entries, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var states = (await _sessions.DescribeAsync(entries.Where(entry => entry.MayBeOver(now)), cancellationToken))
            .ToDictionary(static each => each.Entry.SessionId, static each => each.State, StringComparer.Ordinal);
        var fates = (await _sessions.SettleAsync(
            entries.Where(entry => states.TryGetValue(entry.SessionId, out var state) && state is { Description: null }), cancellationToken))
            .ToDictionary(static each => each.Entry.SessionId, static each => each.Fate, StringComparer.Ordinal);
        return
        [
            .. entries.Where(entry => fates.GetValueOrDefault(entry.SessionId) != IndexEntryFate.MayGo).Select(entry =>
            {
                var state = states.GetValueOrDefault(entry.SessionId);
                var isUsed = state?.IsUsed ?? true;
                return (
                    entry with
                    {
                        IsEnding = entry.IsEnding || fates.GetValueOrDefault(entry.SessionId) == IndexEntryFate.Ending,
                        EndsAt = state is { IsUsed: true, Description: not null } ? state.EndsAt : entry.EndsAt,
                    },
                    new LiveSession(entry.SessionId, entry.Replaces, isUsed));
            }),
        ];
    }

    private bool AreClaimsOutdated() => Index.ClaimsOutdatedAt is { } mark && _clock.GetUtcNow() - mark <= LongestSignIn;

    private Task ReadUnlessKnownAsync() => _stored.IsKnown ? Task.CompletedTask : RefreshAsync();

    private async Task RefreshAsync()
    {
        await _stored.RefreshAsync(_storage);
        _readAt = _time.GetTimestamp();
    }

    private async Task WriteOrThrowAsync(UserSessionsRecord next)
    {
        try
        {
            await WriteAsync(next);
        }
        catch (InconsistentStateException)
        {
            throw new OrleansException("The user's sessions are being changed by another activation.");
        }
    }

    private Task WriteAsync(UserSessionsRecord next)
    {
        if (_stored.IsDamaged || _stored.IsOfNewerRelease)
        {
            throw new OrleansException($"The record of {this.GetGrainId()} is damaged, or a newer release wrote it; it is not changed.");
        }

        if (next.IsEmpty)
        {
            return Index.Version > 0 ? _stored.ClearAsync(_storage) : Task.CompletedTask;
        }

        // Greater than any number before it, also where the record was cleared in between.
        var now = _clock.GetUtcNow();
        next = next with { Version = UserSessionsRecord.CurrentVersion, Changes = Math.Max(Index.Changes + 1, now.UtcTicks) };
        var retention = _options.LongestAbsoluteTimeout;
        return next.IsKeptLongEnough(now, retention)
            ? _stored.WriteAsync(_inPlace, next)
            : _stored.WriteAsync(_storage, next with { KeptUntil = now + retention });
    }
}
