using System.Diagnostics.CodeAnalysis;
using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Lets a password be proved, in a way that tells an attacker nothing but right or wrong.</summary>
/// <remarks>
/// An unknown user, a wrong password, a refused attempt and a password that is too long all take one hash of the present
/// parameters, and end in the same answer (ASVS 6.3.8). A session in a thief's hands is not a way to guess: its proofs count as
/// attempts like any sign-in.
/// </remarks>
internal sealed partial class PasswordCheck(
    ClusterCaller cluster, PasswordHashing hashing, Throttles throttles, TimeProvider time, ILogger<PasswordCheck> logger)
{
    // What was verified is void where the hash changed meanwhile, as by a renewal of its format in another sign-in.
    private const int Tries = 2;

    /// <summary>Proves the password of an account. Where it is right, the browser's device is known from then on.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public Task<PasswordProof> ProveAsync(HttpContext context, AccountName? name, string? password, CancellationToken cancellationToken) =>
        ProveAsync(context, name, password, session: null, cancellationToken);

    /// <summary>Proves the password of the account that the session at hand belongs to, and of no other.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task<PasswordProof> ProveOwnAsync(HttpContext context, string? password, CancellationToken cancellationToken)
    {
        if (!AccountName.TryParse(context.User.Identity?.Name, out var name) || !context.TryGetSession(out var session))
        {
            return PasswordProof.Failed;
        }

        var proof = await ProveAsync(context, name, password, session, cancellationToken);
        return proof.Account is { } account && account.Subject != session.Subject ? PasswordProof.Failed : proof;
    }

    private async Task<PasswordProof> ProveAsync(
        HttpContext context, AccountName? name, string? password, SessionInfo? session, CancellationToken cancellationToken)
    {
        var source = SignInSource.Of(context.Connection.RemoteIpAddress);
        var known = HashOf(DeviceCookie.Read(context.Request));
        var own = known is not null ? $"device {known}" : session is not null ? $"session {session.SessionId}" : null;
        var places = await ProofPlaces.TakeAsync(
            throttles.FailedProofs, source, own, () => IsKnownAsync(name, known, session, cancellationToken), cancellationToken);
        if (places.RetryAfter is { } wait)
        {
            LogThrottled(logger, source);
            return new PasswordProof(Account: null, wait);
        }

        var costsNothing = false;
        try
        {
            var device = DeviceCookie.Read(context.Request) ?? DeviceCookie.NewId();
            var account = await CheckAsync(name, PasswordText.Of(password), known, HashOf(device), source, cancellationToken);
            if (account is not null)
            {
                costsNothing = true;
                DeviceCookie.Write(context.Response, device);
            }

            return new PasswordProof(account);
        }
        catch (SessionsUnavailableException)
        {
            costsNothing = true;
            throw;
        }
        finally
        {
            await places.SettleAsync(costsNothing);
        }
    }

    private async Task<AttemptResult?> CheckAsync(
        AccountName? name, PasswordText password, string? knownDevice, string device, string source, CancellationToken cancellationToken)
    {
        for (var tryNumber = 1; ; tryNumber++)
        {
            var attempt = name is null ? null : await BeginAsync(name, knownDevice, cancellationToken);
            if (attempt is not { Allowed: true, PasswordHash: { } hash } || PasswordRules.IsOverlong(password.Normal))
            {
                await hashing.FailToVerifyAsync(password, cancellationToken);
                Fail(name, attempt, attempt?.PasswordHash is null ? "an unknown or locked account" : name!.Key, source);
                return null;
            }

            var verification = await hashing.VerifyAsync(hash, password, cancellationToken);
            if (!verification.IsRight)
            {
                Fail(name, attempt, name!.Key, source);
                return null;
            }

            var completion = new AttemptCompletion
            {
                Number = attempt.Number,
                Device = device,
                PasswordHash = hash,
                Rehash = verification.IsOutdated ? await hashing.HashAsync(password, cancellationToken) : null,
            };

            // Asked again after a lost answer it changes nothing more.
            var result = await cluster.CallAsync(
                (grains, ct) => grains.GetAccount(name!.Key).CompleteAttemptAsync(completion, ct), cancellationToken);
            if (result.Succeeded || tryNumber == Tries)
            {
                return result.Succeeded ? result : null;
            }
        }
    }

    /// <summary>Begins an attempt, in turn where others of the same account are under way.</summary>
    private Task<PasswordAttempt> BeginAsync(AccountName name, string? knownDevice, CancellationToken cancellationToken) => Turn.WaitAsync(
        // Asked again after a lost answer it counts twice, which errs on the safe side.
        () => cluster.CallAsync((grains, ct) => grains.GetAccount(name.Key).BeginAttemptAsync(knownDevice, ct), cancellationToken),
        static attempt => attempt.IsUndecided,
        time,
        cancellationToken);

    private void Fail(AccountName? name, PasswordAttempt? attempt, string account, string source)
    {
        LogRefused(logger, account, source);
        if (attempt is { Allowed: true })
        {
            // One-way, and for those who wait for their turn alone: nobody waits for it, and it may be lost.
            cluster.CallOnceAsync(
                async (grains, _) =>
                {
                    await grains.GetAccount(name!.Key).FailAttemptAsync(attempt.Number);
                    return true;
                },
                CancellationToken.None).Ignore();
        }
    }

    private async Task<bool> IsKnownAsync(AccountName? name, string? device, SessionInfo? session, CancellationToken cancellationToken) =>
        session is not null || (name is not null && device is not null && await cluster.CallAsync(
            (grains, ct) => grains.GetAccount(name.Key).KnowsDeviceAsync(device, ct), cancellationToken));

    /// <summary>What the cluster knows of a device ID: who reads its logs or its store must not pass for the device.</summary>
    [return: NotNullIfNotNull(nameof(deviceId))]
    private static string? HashOf(string? deviceId) => deviceId is null ? null : SecretHash.Of(deviceId).ToBase64Url();

    // Names that belong to nobody stay out of the log: people type passwords into the wrong field.
    [LoggerMessage(EventId = 410, EventName = "PasswordRefused", Level = LogLevel.Information,
        Message = "A password for {Account} from {Source} was refused.")]
    private static partial void LogRefused(ILogger logger, string account, string source);

    [LoggerMessage(EventId = 411, EventName = "PasswordThrottled", Level = LogLevel.Warning,
        Message = "{Source} has given wrong passwords too often, and has to wait.")]
    private static partial void LogThrottled(ILogger logger, string source);
}
