using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>How a change of password went.</summary>
internal enum PasswordChangeVerdict
{
    /// <summary>Changed; the user's other sessions have ended.</summary>
    Changed,

    /// <summary>The new password does not do.</summary>
    Invalid,

    /// <summary>The present password is another one.</summary>
    WrongPassword,

    /// <summary>Too many failures from this source.</summary>
    Throttled,
}

/// <summary>The outcome of a change of password.</summary>
/// <param name="Verdict">How it went.</param>
/// <param name="Fault">What is wrong with the new password, where invalid.</param>
/// <param name="RetryAfter">How long to wait, where throttled.</param>
internal sealed record PasswordChangeOutcome(PasswordChangeVerdict Verdict, string? Fault = null, TimeSpan RetryAfter = default);

/// <summary>Changes a signed-in user's password.</summary>
internal sealed partial class PasswordChangeService(
    ClusterCaller cluster,
    PasswordCheck passwords,
    PasswordHashing hashing,
    PasswordRules rules,
    IBrowserSessions sessions,
    ILogger<PasswordChangeService> logger)
{
    /// <summary>
    /// Changes the password, where the present one is proved. The session at hand goes on with a new secret, all others end.
    /// </summary>
    /// <exception cref="SessionsUnavailableException">Whether it was changed is not known.</exception>
    public async Task<PasswordChangeOutcome> ChangeAsync(
        HttpContext context, string? currentPassword, string? newPassword, CancellationToken cancellationToken)
    {
        if (!AccountName.TryParse(context.User.Identity?.Name, out var name) || !context.TryGetSession(out var session))
        {
            return new PasswordChangeOutcome(PasswordChangeVerdict.WrongPassword);
        }

        var next = PasswordText.Of(newPassword);
        if (await hashing.InLineAsync(() => rules.Fault(next, name), cancellationToken) is { } fault)
        {
            return new PasswordChangeOutcome(PasswordChangeVerdict.Invalid, fault);
        }

        var proof = await passwords.ProveOwnAsync(context, currentPassword, cancellationToken);
        if (proof.RetryAfter is { } wait)
        {
            return new PasswordChangeOutcome(PasswordChangeVerdict.Throttled, RetryAfter: wait);
        }

        var hash = await hashing.HashAsync(next, cancellationToken);
        if (proof.Account is not { } account
            || !await StoreAsync(name, new PasswordChange(account.SecurityStamp, hash, session.SessionId), cancellationToken))
        {
            return new PasswordChangeOutcome(PasswordChangeVerdict.WrongPassword);
        }

        LogChanged(logger, account.Subject);

        // Whoever had a copy of the cookie is out, too (ASVS 7.2.4).
        await sessions.ReauthenticateAsync(context);
        return new PasswordChangeOutcome(PasswordChangeVerdict.Changed);
    }

    private Task<bool> StoreAsync(AccountName name, PasswordChange change, CancellationToken cancellationToken) =>
        cluster.CallPatientlyAsync((grains, ct) => grains.GetAccount(name.Key).ChangePasswordAsync(change, ct), cancellationToken);

    [LoggerMessage(EventId = 430, EventName = "PasswordChanged", Level = LogLevel.Information,
        Message = "{Subject} changed the password, which ended the other sessions.")]
    private static partial void LogChanged(ILogger logger, string subject);
}
