using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using OrleansSessions.Grains;

namespace OrleansSessions.Accounts;

/// <inheritdoc cref="IAccountGrain"/>
/// <remarks>
/// Reentrant, so that a sign-in does not wait for the end of the sessions that a changed password ends. What touches the
/// record holds the gate.
/// </remarks>
[GrainType(AccountGrainTypes.Account), Reentrant]
internal sealed partial class AccountGrain(
    [PersistentState("account", StorageNames.Lasting)] IPersistentState<AccountRecord> state,
    IOptions<AccountOptions> options,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    private readonly OpenAttempts _open = new(time);
    private readonly AsyncGate _gate = new();
    private Task? _ending;

    private AccountRecord Account => state.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        EndOtherSessionsAsync().Ignore();
        return Task.CompletedTask;
    }

    public async Task<bool> RegisterAsync(AccountRegistration registration, CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        if (state.RecordExists)
        {
            return registration.RequestId is { } request && request == Account.RequestId;
        }

        await WriteAsync(new AccountRecord
        {
            UserName = registration.UserName,
            Subject = RandomText(),
            PasswordHash = registration.PasswordHash,
            SecurityStamp = RandomText(),
            RequestId = registration.RequestId,
        });
        return true;
    }

    public async Task<PasswordAttempt> BeginAttemptAsync(string? device, CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        await StoreStampAsync();
        EndOtherSessionsAsync().Ignore();
        var now = time.GetUtcNow();
        var counter = Account.CounterOf(device);
        var countedFor = Account.Knows(device) ? device : null;
        if (!counter.IsAllowed(now))
        {
            var isUndecided = _open.CountOf(countedFor) > 0;
            if (!isUndecided)
            {
                LogAttemptRefused(logger, counter.Count, counter.NextAllowedAt);
            }

            await SpendARoundTripAsync();
            return new PasswordAttempt { Allowed = false, IsUndecided = isUndecided };
        }

        await CountAsync(Account.WithCounter(device, counter.CountOne(now, options.Value)));
        return new PasswordAttempt
        {
            Allowed = true,
            Number = _open.Add(countedFor),
            PasswordHash = state.RecordExists ? Account.PasswordHash : null,
        };
    }

    public async Task<AttemptResult> CompleteAttemptAsync(AttemptCompletion completion, CancellationToken cancellationToken = default)
    {
        using var held = await _gate.EnterAsync(cancellationToken);
        if (!state.RecordExists || completion.PasswordHash != Account.PasswordHash)
        {
            return new AttemptResult(Succeeded: false);
        }

        // An attempt begun at an activation that is gone stays counted: that errs on the safe side. So do those under way.
        var next = _open.Remove(completion.Number, out var countedFor)
            ? Account.WithCounter(countedFor, OfOpen(countedFor))
            : Account;
        await WriteAsync(next.WithDevice(completion.Device, OfOpen(completion.Device)) with
        {
            PasswordHash = completion.Rehash ?? Account.PasswordHash,
        });
        return new AttemptResult(Succeeded: true, Account.Subject, Account.UserName, Account.SecurityStamp);
    }

    public Task FailAttemptAsync(long number)
    {
        _open.Remove(number, out _);
        return Task.CompletedTask;
    }

    public Task<bool> KnowsDeviceAsync(string device, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.RecordExists && Account.Knows(device));

    public async Task<bool> ChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken = default)
    {
        using (await _gate.EnterAsync(cancellationToken))
        {
            // Asked again, after an answer that was lost: hashes are salted, so that no other change has this one.
            var isRepeated = state.RecordExists && change.PasswordHash == Account.PasswordHash;
            if (!isRepeated)
            {
                if (!state.RecordExists || change.SecurityStamp != Account.SecurityStamp)
                {
                    return false;
                }

                // What remains to be done is stored with the change, so that a crash in between cannot leave it half done.
                await WriteAsync(Account with
                {
                    PasswordHash = change.PasswordHash,
                    SecurityStamp = RandomText(),
                    Pending = new PendingRevocation(change.KeepSessionId),
                });
            }

            await StoreStampAsync();
        }

        await EndOtherSessionsAsync().WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>Makes the user's index refuse sign-ins with the old password, before the next sign-in with the new one.</summary>
    private Task StoreStampAsync() => Account.Pending is null
        ? Task.CompletedTask
        : GrainFactory.GetUserSessions(Account.Subject).SetStampAsync(Account.SecurityStamp);

    /// <summary>Ends the sessions that a changed password ends. One run at a time; a run that failed is repeated by the next call.</summary>
    private Task EndOtherSessionsAsync()
    {
        if (_ending is not { IsCompleted: false })
        {
            _ending = Account.Pending is null ? Task.CompletedTask : EndAsync();
        }

        return _ending;

        async Task EndAsync()
        {
            while (Account.Pending is { } pending)
            {
                var stamp = Account.SecurityStamp;
                var request = new RevokeAllRequest(RevocationReason.PasswordChanged, pending.Except, stamp);
                await GrainFactory.GetUserSessions(Account.Subject).RevokeAllAsync(request);
                using var held = await _gate.EnterAsync(CancellationToken.None);
                if (Account.SecurityStamp == stamp)
                {
                    await WriteAsync(Account with { Pending = null });
                }
            }
        }
    }

    private AttemptCounter OfOpen(string? device) => AttemptCounter.OfOpen(_open.CountOf(device), time.GetUtcNow(), options.Value);

    /// <summary>Stores a count. That of a name without an account is kept in memory: names made up by guessers fill no store.</summary>
    private Task CountAsync(AccountRecord counted)
    {
        if (state.RecordExists)
        {
            return WriteAsync(counted);
        }

        state.State = counted;
        return SpendARoundTripAsync();
    }

    /// <summary>Takes as long as counting does, so that nothing can be told from the time (ASVS 6.3.8).</summary>
    private async Task SpendARoundTripAsync()
    {
        var kept = state.State;
        await state.ReadStateAsync();
        if (!state.RecordExists)
        {
            state.State = kept;
        }
    }

    private async Task WriteAsync(AccountRecord next)
    {
        var previous = state.State;
        state.State = next;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // Whether the write landed is unknown: the next activation reads.
            state.State = previous;
            DeactivateOnIdle();
            throw;
        }
    }

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    [LoggerMessage(EventId = 130, EventName = "AttemptRefused", Level = LogLevel.Warning,
        Message = "A password attempt was refused after {Count} failed ones; the next is allowed at {NextAllowedAt}.")]
    private static partial void LogAttemptRefused(ILogger logger, int count, DateTimeOffset nextAllowedAt);
}
