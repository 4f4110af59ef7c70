using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="ISessionDataGrain"/>
/// <remarks>
/// One call at a time, so that the changes of parallel requests follow one another. Every write is a compare-and-set, so
/// another activation of the same data loses nothing either: the second one reads again and merges. Reads come from
/// memory, as long as the activation lives.
/// </remarks>
[GrainType(GrainTypes.SessionData), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class SessionDataGrain(
    ISessionStorages storages,
    [FromKeyedServices(StorageNames.Clock)] TimeProvider clock,
    ILogger<SessionDataGrain> logger) : Grain, ISessionDataGrain, IBoundData
{
    /// <summary>How often a change is tried against those of another activation.</summary>
    private const int MaxTries = 4;

    private StoredRecord<SessionDataRecord> _stored = null!;
    private DateTimeOffset _seenAt;

    private string Key => this.GetPrimaryKeyString();

    private DateTimeOffset Now => clock.GetUtcNow();

    private DateTimeOffset LastSeenAt => _seenAt > _stored.Value.LastSeenAt ? _seenAt : _stored.Value.LastSeenAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored = new("data", this.GetGrainId(), SessionDataRecord.CurrentVersion, SessionDataRecord.None);
        return Task.CompletedTask;
    }

    /// <summary>Stores the latest use, so that idle time is exact as long as activations end in good order.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _stored.IsKnown && _stored.Value.Entries.Count > 0 ? StoreUseAsync(TimeSpan.Zero) : Task.CompletedTask;

    public async Task<SessionDataContents> LoadAsync(SessionDataUse use, CancellationToken cancellationToken = default)
    {
        var data = await ReadAsync(cancellationToken);
        if (!await IsForAsync(use.SessionId, cancellationToken))
        {
            return new SessionDataContents { Status = SessionDataStatus.OfOtherSession, Generation = data.Generation };
        }

        data = Current();
        await NoteUseOfAsync(data);
        return new SessionDataContents
        {
            Status = SessionDataStatus.Available,
            DataId = data.DataId,
            Generation = data.Generation,
            Entries = [.. data.Entries.Select(static entry => new SessionDataEntry(entry.Key, entry.Value.Value, entry.Value.Version))],
        };
    }

    public async Task<SessionDataCommitResult> CommitAsync(SessionDataCommit commit, CancellationToken cancellationToken = default)
    {
        await ReadAsync(cancellationToken);
        if (!await IsForAsync(commit.Use.SessionId, cancellationToken))
        {
            return new SessionDataCommitResult(RefusalOf(commit.Generation));
        }

        return await ChangeAsync(data =>
        {
            if (data.Generation != commit.Generation || (data.BoundTo is not null && data.BoundTo != commit.Use.SessionId))
            {
                return (data, new SessionDataCommitResult(RefusalOf(commit.Generation)));
            }

            if (data.VersionOf(commit.CommitId) is { } version)
            {
                return (data, new SessionDataCommitResult(SessionDataStatus.Available, version));
            }

            if (!data.Meets(commit.Changes))
            {
                return (data, new SessionDataCommitResult(SessionDataStatus.Changed));
            }

            // What is too large already can still be made smaller.
            var next = data.With(commit, Now);
            return next.Bytes > Math.Min(commit.MaxTotalBytes, SessionDataLimits.MaxTotalBytes) && next.Bytes > data.Bytes
                ? (data, new SessionDataCommitResult(SessionDataStatus.TooLarge))
                : (next, new SessionDataCommitResult(SessionDataStatus.Available, next.Commits));
        });
    }

    public async Task<SessionDataStatus> BindAsync(SessionDataBinding binding, CancellationToken cancellationToken = default)
    {
        var data = await ReadAsync(cancellationToken);
        var sessionId = binding.Session.SessionId;
        if (!await IsForAsync(sessionId, cancellationToken) || Current().Generation != binding.Generation)
        {
            return RefusalOf(binding.Generation);
        }

        // First the session: data that does not know of it yet is not ended by it, and a bound one always is.
        if (!await GrainFactory.GetDataOwner(sessionId).OwnAsync(Key, binding.Session.SecretHash, cancellationToken))
        {
            return SessionDataStatus.NoSession;
        }

        return await ChangeAsync(each =>
            each.Generation != binding.Generation || (each.BoundTo is not null && each.BoundTo != sessionId)
                ? (each, RefusalOf(binding.Generation))
                : (each.BoundTo == sessionId ? each : each.Bind(binding, Now), SessionDataStatus.Available));
    }

    public async Task TouchAsync()
    {
        await NoteUseOfAsync(await ReadAsync(CancellationToken.None));
    }

    public async Task EndAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        // Read, even if it is known: another activation may have bound it. What is damaged must not keep the session from ending.
        await _stored.RefreshAsync(storages.Keeping(Retention.Margin));
        await ChangeAsync(data => (data.BoundTo == sessionId || _stored.IsDamaged ? data.End(Now) : data, true));
    }

    private SessionDataStatus RefusalOf(int generation) =>
        _stored.Value.Generation == generation ? SessionDataStatus.OfOtherSession : SessionDataStatus.Ended;

    private async Task<SessionDataRecord> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_stored.IsKnown || _stored.IsDamaged)
        {
            await RefreshAsync();

            // The session may have ended while nobody could tell this data.
            if (_stored.Value.BoundTo is { } session && !await GrainFactory.GetDataOwner(session).OwnsAsync(Key, cancellationToken))
            {
                await EndUnownedAsync(session);
            }
        }

        return Current();
    }

    /// <summary>Whether the data is anonymous, or bound to the session that a request presented.</summary>
    private async Task<bool> IsForAsync(string? sessionId, CancellationToken cancellationToken)
    {
        if (Current().BoundTo is not { } owner || owner == sessionId)
        {
            return true;
        }

        if (await GrainFactory.GetDataOwner(owner).OwnsAsync(Key, cancellationToken))
        {
            return false;
        }

        await EndUnownedAsync(owner);
        return true;
    }

    private async Task EndUnownedAsync(string session)
    {
        await ChangeAsync(data => (data.BoundTo == session ? data.End(Now) : data, true));
        LogEndedLate(logger, Key, session);
    }

    /// <summary>The data as it is at this moment: none, where it went unused for too long.</summary>
    private SessionDataRecord Current()
    {
        var data = _stored.Value;
        return data.Entries.Count > 0 && Now - LastSeenAt >= data.IdleTimeout ? data.Expire() : data;
    }

    private async Task RefreshAsync()
    {
        await _stored.RefreshAsync(storages.Keeping(Retention.Margin));
        if (_stored.IsDamaged)
        {
            throw new OrleansException("The session data's record is damaged.");
        }
    }

    /// <summary>Changes the data, again and again where another activation changed it meanwhile.</summary>
    /// <param name="change">Makes the next record of the present one, and the answer. The same record: nothing is to be written.</param>
    private async Task<T> ChangeAsync<T>(Func<SessionDataRecord, (SessionDataRecord Next, T Answer)> change)
    {
        for (var tries = 1; ; tries++)
        {
            var data = Current();
            var (next, answer) = change(data);
            if (ReferenceEquals(next, data))
            {
                return answer;
            }

            if (_stored.IsOfNewerRelease)
            {
                throw new OrleansException("A newer release wrote the session data's record; this one does not change it.");
            }

            try
            {
                await _stored.WriteAsync(storages.Keeping(next.IdleTimeout + Retention.Margin), next);
                return answer;
            }
            catch (InconsistentStateException) when (tries < MaxTries)
            {
                await RefreshAsync();
            }
            catch (InconsistentStateException)
            {
                throw new OrleansException("The session data is being changed by another activation.");
            }
        }
    }

    /// <summary>Notes a use; it is stored once per twentieth of the idle timeout, since each commit stores it as well.</summary>
    private Task NoteUseOfAsync(SessionDataRecord data)
    {
        if (data.Entries.Count > 0)
        {
            _seenAt = Now;
            return StoreUseAsync(data.IdleTimeout / 20);
        }

        if (data.Version == 0)
        {
            // Someone asks for keys that were never used: they are not worth the memory of an activation.
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    private async Task StoreUseAsync(TimeSpan interval)
    {
        var data = _stored.Value;
        if (data.Entries.Count == 0 || LastSeenAt - data.LastSeenAt <= interval || _stored.IsOfNewerRelease)
        {
            return;
        }

        try
        {
            await _stored.WriteAsync(storages.Keeping(data.IdleTimeout + Retention.Margin), data.WithUse(LastSeenAt));
        }
        catch (Exception e) when (e is InconsistentStateException or OrleansException)
        {
            // It costs no answer: the next call reads the record again.
            LogUseNotStored(logger, Key);
        }
    }
}
