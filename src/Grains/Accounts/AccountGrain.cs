using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.Grains;

/// <inheritdoc cref="IAccountGrain"/>
[GrainType(GrainTypes.Account)]
internal sealed partial class AccountGrain(
    [PersistentState("account", StorageNames.Accounts)] IPersistentState<AccountRecord> state,
    IOptions<AccountOptions> options,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    private const int MaxOpenAttempts = 1_000;

    /// <summary>Allowed attempts, with the device they were counted for, to take back the count of those that were right.</summary>
    private readonly Dictionary<long, string?> _openAttempts = [];
    private long _attempts;

    private AccountRecord Account => state.State;

    public async Task<bool> RegisterAsync(AccountRegistration registration, CancellationToken cancellationToken = default)
    {
        if (state.RecordExists)
        {
            return false;
        }

        await WriteAsync(new AccountRecord
        {
            UserName = registration.UserName,
            Subject = RandomText(),
            PasswordHash = registration.PasswordHash,
            SecurityStamp = RandomText(),
        });
        return true;
    }

    public async Task<PasswordAttempt> BeginAttemptAsync(string? device, CancellationToken cancellationToken = default)
    {
        await FinishPasswordChangeAsync();
        var now = time.GetUtcNow();
        var counter = Account.CounterOf(device);
        if (!counter.IsAllowed(now))
        {
            LogAttemptRefused(logger, counter.Count, counter.NextAllowedAt);
            await SpendARoundTripAsync();
            return new PasswordAttempt { Allowed = false };
        }

        await CountAsync(Account.WithCounter(device, counter.CountOne(now, options.Value)));
        if (_openAttempts.Count >= MaxOpenAttempts)
        {
            _openAttempts.Clear();
        }

        _openAttempts[++_attempts] = device;
        return new PasswordAttempt
        {
            Allowed = true,
            Number = _attempts,
            PasswordHash = state.RecordExists ? Account.PasswordHash : null,
        };
    }

    public async Task<AttemptResult> CompleteAttemptAsync(AttemptCompletion completion, CancellationToken cancellationToken = default)
    {
        if (!state.RecordExists || completion.PasswordHash != Account.PasswordHash)
        {
            return new AttemptResult(Succeeded: false);
        }

        // An attempt begun at an activation that is gone stays counted: that errs on the safe side.
        var next = _openAttempts.Remove(completion.Number, out var countedFor)
            ? Account.WithCounter(countedFor, AttemptCounter.None)
            : Account;
        await WriteAsync(next.WithDevice(completion.Device, AttemptCounter.None) with
        {
            PasswordHash = completion.Rehash ?? Account.PasswordHash,
        });
        return new AttemptResult(Succeeded: true, Account.Subject, Account.UserName, Account.SecurityStamp);
    }

    public async Task<bool> ChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken = default)
    {
        if (state.RecordExists && change.PasswordHash == Account.PasswordHash)
        {
            // Asked again, after an answer that was lost: hashes are salted, so that no other change has this one.
            await FinishPasswordChangeAsync();
            return true;
        }

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
        await FinishPasswordChangeAsync();
        return true;
    }

    private async Task FinishPasswordChangeAsync()
    {
        if (Account.Pending is { } pending)
        {
            var request = new RevokeAllRequest(RevocationReason.PasswordChanged, pending.Except, Account.SecurityStamp);
            await GrainFactory.GetUserSessions(Account.Subject).RevokeAllAsync(request);
            await WriteAsync(Account with { Pending = null });
        }
    }

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
