using Orleans.Concurrency;

namespace OrleansSessions.Accounts;

/// <summary>A local account. The key is the normalised form of an <see cref="AccountName"/>.</summary>
/// <remarks>
/// The grain counts attempts, and counts each one before it is made, so that no number of parallel guesses gets past the
/// limit (CVE-2023-33170). It never hashes: that would keep it busy for tens of milliseconds at a time.
/// </remarks>
[Alias("OrleansSessions.IAccountGrain"), GrainInterfaceType(AccountGrainInterfaceTypes.Account)]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Opens the account.</summary>
    /// <returns>False where the name is taken by another request.</returns>
    [Alias("Register")]
    Task<bool> RegisterAsync(AccountRegistration registration, CancellationToken cancellationToken = default);

    /// <summary>Asks leave to check a password. An attempt that is allowed counts as failed until it is completed as right.</summary>
    /// <param name="device">The hash of the ID of a device on which the user signed in before, or null.</param>
    /// <param name="cancellationToken">Ends the wait, not the attempt.</param>
    /// <returns>An attempt, for an account that does not exist as well.</returns>
    [Alias("BeginAttempt")]
    Task<PasswordAttempt> BeginAttemptAsync(string? device, CancellationToken cancellationToken = default);

    /// <summary>Reports that the password of an allowed attempt was wrong, so that nobody waits for its outcome. It counts in any case.</summary>
    [Alias("FailAttempt"), OneWay]
    Task FailAttemptAsync(long number);

    /// <summary>Whether the user signed in before on a device.</summary>
    /// <param name="device">The hash of the device's ID.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Alias("KnowsDevice")]
    Task<bool> KnowsDeviceAsync(string device, CancellationToken cancellationToken = default);

    /// <summary>Reports that the password of an allowed attempt was right.</summary>
    [Alias("CompleteAttempt")]
    Task<AttemptResult> CompleteAttemptAsync(AttemptCompletion completion, CancellationToken cancellationToken = default);

    /// <summary>Replaces the password, and ends the account's sessions but the one it was changed in.</summary>
    /// <returns>False where the password has been changed since the attempt that proved it.</returns>
    [Alias("ChangePassword"), ResponseTimeout(WireLimits.RevocationTimeout)]
    Task<bool> ChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken = default);
}
