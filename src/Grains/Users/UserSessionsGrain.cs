using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="IUserSessionsGrain"/>
/// <remarks>
/// Reentrant, so that ending a hundred sessions does not keep a sign-in waiting for their leases; whatever changes the
/// index holds the gate. It waits only for sessions that are in the index, and a session waits for it only before it is
/// in the index, so the two never wait for each other: no front end signs an ID in twice. It leaves memory soon: between
/// a user's sign-ins nobody asks for it.
/// </remarks>
[GrainType(GrainTypes.UserSessions), Reentrant, CollectionAgeLimit(Minutes = 2)]
internal sealed class UserSessionsGrain(
    [PersistentState("sessions", StorageNames.UserSessions)] IPersistentState<UserSessionsRecord> state,
    IOptions<SessionOptions> options,
    TimeProvider time) : Grain, IUserSessionsGrain
{
    /// <summary>How long after its end by the clock an entry is kept: longer than any lease.</summary>
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(1);

    private readonly AsyncGate _gate = new();

    private UserSessionsRecord Index => state.State;

    public async Task<SignInStatus> RegisterAsync(SessionRegistration registration, CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        if (!IsCurrent(registration.SecurityStamp))
        {
            // The write would find out that the index is not what is stored any more. A refusal writes nothing.
            await RefreshAsync();
            if (!IsCurrent(registration.SecurityStamp))
            {
                return SignInStatus.CredentialsChanged;
            }
        }

        var next = Index.WithoutExpired(time.GetUtcNow() - LongestLease);
        if (next.Sessions.Length >= options.Value.MaxPerUser)
        {
            var described = await DescribeAsync(next, cancellationToken);
            var live = described.Where(each => each.Description is not null).Select(each => each.SessionId).ToArray();
            var excess = live.Length - options.Value.MaxPerUser + 1;
            if (excess > 0 && options.Value.LimitPolicy == LimitPolicy.Reject)
            {
                return SignInStatus.LimitReached;
            }

            await EvictAsync(live.Take(Math.Max(excess, 0)), cancellationToken);
            next = next.Without(await FindForgettableAsync(described, cancellationToken));
        }

        await WriteAsync(next.With(new IndexedSession(registration.SessionId, registration.CreatedAt, registration.ExpiresAt)));
        return SignInStatus.SignedIn;
    }

    public async Task<ImmutableArray<SessionDescription>> ListAsync(CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        await RefreshAsync();
        var described = await DescribeAsync(Index, cancellationToken);
        if (described.Any(each => each.Description is null))
        {
            var forgettable = await FindForgettableAsync(described, cancellationToken);
            if (forgettable.Count > 0)
            {
                await WriteAsync(Index.Without(forgettable));
            }
        }

        return [.. described.Select(each => each.Description).OfType<SessionDescription>().OrderByDescending(each => each.CreatedAt)];
    }

    public async Task<bool> RevokeAsync(string sessionId, RevocationReason reason, CancellationToken cancellationToken = default)
    {
        using (await _gate.EnterAsync(cancellationToken))
        {
            await RefreshAsync();
            if (!Index.Contains(sessionId))
            {
                return false;
            }
        }

        return await EndAsync(sessionId, reason, cancellationToken) is SessionStatus.Active or SessionStatus.Revoked;
    }

    public async Task<int> RevokeAllAsync(RevokeAllRequest request, CancellationToken cancellationToken = default)
    {
        ImmutableArray<IndexedSession> ending;
        using (await _gate.EnterAsync(cancellationToken))
        {
            await RefreshAsync();

            // The stamp comes first: a sign-in with the old credentials is either in the index by now, or refused from now on.
            if (request.SecurityStamp is { } stamp && stamp != Index.SecurityStamp)
            {
                await WriteAsync(Index with { SecurityStamp = stamp });
            }

            ending = Index.Sessions.RemoveAll(session => session.SessionId == request.Except);
        }

        var results = await Task.WhenAll(ending.Select(session => EndAsync(session.SessionId, request.Reason, cancellationToken)));
        return results.Count(static status => status == SessionStatus.Active);
    }

    public async Task ForgetAsync(string sessionId)
    {
        using var held = await _gate.EnterAsync(CancellationToken.None);
        if (Index.Contains(sessionId))
        {
            await WriteAsync(Index.Without([sessionId]));
        }
    }

    /// <summary>Ends a session of the index, also one that is not stored yet.</summary>
    private async Task<SessionStatus> EndAsync(string sessionId, RevocationReason reason, CancellationToken cancellationToken)
    {
        var (session, request) = (Session(sessionId), new RevocationRequest { Reason = reason });
        var status = (await session.RevokeAsync(request, cancellationToken)).Status;

        // Its sign-in may still be on its way to the store, from a silo that was declared dead. It must not arrive; where it
        // just has, there is a session to end.
        return status == SessionStatus.NotFound && !await session.AbandonAsync(cancellationToken)
            ? (await session.RevokeAsync(request, cancellationToken)).Status
            : status;
    }

    private bool IsCurrent(string? stamp) => stamp is null || Index.SecurityStamp is null || stamp == Index.SecurityStamp;

    /// <summary>Reads the index anew: on a silo that was cut off, this activation may have been replaced by another.</summary>
    private async Task RefreshAsync()
    {
        await state.ReadStateAsync();
        if (!state.RecordExists)
        {
            state.State = new UserSessionsRecord();
        }
    }

    private async Task EvictAsync(IEnumerable<string> oldest, CancellationToken cancellationToken)
    {
        // Durable is enough to keep the limit; waiting for a dead front end's lease would hold the sign-in up.
        var eviction = new RevocationRequest { Reason = RevocationReason.LimitExceeded, Wait = RevocationWait.Durable };
        await Task.WhenAll(oldest.Select(sessionId => Session(sessionId).RevokeAsync(eviction, cancellationToken)));
    }

    private async Task<(string SessionId, SessionDescription? Description)[]> DescribeAsync(
        UserSessionsRecord index, CancellationToken cancellationToken) =>
        await Task.WhenAll(index.Sessions.Select(async session =>
            (session.SessionId, await Session(session.SessionId).DescribeAsync(cancellationToken))));

    /// <summary>Of the sessions without a description, those that nobody accepts any more and nobody ever will.</summary>
    private async Task<IReadOnlyCollection<string>> FindForgettableAsync(
        (string SessionId, SessionDescription? Description)[] described, CancellationToken cancellationToken)
    {
        var checks = described.Where(each => each.Description is null)
            .Select(async each => (each.SessionId, MayForget: await Session(each.SessionId).AbandonAsync(cancellationToken)));
        return [.. (await Task.WhenAll(checks)).Where(check => check.MayForget).Select(check => check.SessionId)];
    }

    private async Task WriteAsync(UserSessionsRecord next)
    {
        var previous = Index;
        state.State = next;
        try
        {
            await (next.IsEmpty && state.RecordExists ? state.ClearStateAsync() : state.WriteStateAsync());
        }
        catch
        {
            // Whether the write landed is unknown: the next activation reads.
            state.State = previous;
            DeactivateOnIdle();
            throw;
        }
    }

    private ISessionGrain Session(string sessionId) => GrainFactory.GetSession(sessionId);
}
