using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using OrleansSessions.AspNetCore;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.WebFrontend;

/// <summary>Checks a user name and a password, in a way that tells an attacker nothing but right or wrong.</summary>
/// <remarks>
/// An unknown user, a wrong password, a refused attempt and a password that is too long all take one hash of the present
/// parameters, and end in the same answer (ASVS 6.3.8).
/// </remarks>
internal sealed partial class PasswordCheck(ClusterCaller cluster, PasswordHashing hashing, ILogger<PasswordCheck> logger)
{
    /// <summary>Checks a password.</summary>
    /// <returns>The account, where the password is right; null for all else.</returns>
    /// <exception cref="SessionsUnavailableException">It cannot be known now.</exception>
    public async Task<AttemptResult?> CheckAsync(
        AccountName? name, string password, string? knownDevice, string device, CancellationToken cancellationToken)
    {
        // Asked again after a lost answer it counts twice, which errs on the safe side.
        var attempt = name is null
            ? null
            : await cluster.CallAsync((grains, ct) => grains.GetAccount(name.Key).BeginAttemptAsync(HashOf(knownDevice), ct), cancellationToken);
        if (attempt is not { Allowed: true, PasswordHash: { } hash } || PasswordRules.IsOverlong(password))
        {
            await hashing.FailToVerifyAsync(cancellationToken);
            LogRefused(logger, attempt?.PasswordHash is null ? "an unknown or locked account" : name!.Key);
            return null;
        }

        var verification = await hashing.VerifyAsync(hash, password, cancellationToken);
        if (verification == PasswordVerificationResult.Failed)
        {
            LogRefused(logger, name!.Key);
            return null;
        }

        var completion = new AttemptCompletion
        {
            Number = attempt.Number,
            Device = HashOf(device),
            PasswordHash = hash,
            Rehash = verification == PasswordVerificationResult.SuccessRehashNeeded
                ? await hashing.HashAsync(password, cancellationToken)
                : null,
        };
        var result = await cluster.CallOnceAsync(
            (grains, ct) => grains.GetAccount(name!.Key).CompleteAttemptAsync(completion, ct), cancellationToken);
        return result.Succeeded ? result : null;
    }

    /// <summary>What the cluster knows of a device ID: who reads its logs or its store must not pass for the device.</summary>
    [return: NotNullIfNotNull(nameof(deviceId))]
    private static string? HashOf(string? deviceId) => deviceId is null ? null : SecretHash.Of(deviceId).ToBase64Url();

    // Names that belong to nobody stay out of the log: people type passwords into the wrong field.
    [LoggerMessage(EventId = 105, EventName = "PasswordRefused", Level = LogLevel.Information, Message = "A password for {Account} was refused.")]
    private static partial void LogRefused(ILogger logger, string account);
}
