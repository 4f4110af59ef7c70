using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>How a re-authentication went.</summary>
internal enum ReauthenticationVerdict
{
    /// <summary>Proved; the browser has a new cookie.</summary>
    Confirmed,

    /// <summary>Another password than the account's.</summary>
    WrongPassword,

    /// <summary>Too many failures from this source.</summary>
    Throttled,

    /// <summary>The session ended meanwhile, or another request replaced its secret.</summary>
    SignedOut,
}

/// <summary>The outcome of a re-authentication.</summary>
/// <param name="Verdict">How it went.</param>
/// <param name="RetryAfter">How long to wait, where throttled.</param>
internal sealed record ReauthenticationOutcome(ReauthenticationVerdict Verdict, TimeSpan RetryAfter = default);

/// <summary>Lets a signed-in user prove again, with the password, who they are.</summary>
internal sealed class ReauthenticationService(PasswordCheck passwords, IBrowserSessions sessions)
{
    /// <summary>Checks the password, and gives the session a new secret and authentication time.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task<ReauthenticationOutcome> ReauthenticateAsync(HttpContext context, string? password, CancellationToken cancellationToken)
    {
        var proof = await passwords.ProveOwnAsync(context, password, cancellationToken);
        if (proof.RetryAfter is { } wait)
        {
            return new ReauthenticationOutcome(ReauthenticationVerdict.Throttled, wait);
        }

        if (proof.Account is null)
        {
            return new ReauthenticationOutcome(ReauthenticationVerdict.WrongPassword);
        }

        // The claims stay: an administrator may have changed them since the sign-in.
        var status = await sessions.ReauthenticateAsync(context);
        return new ReauthenticationOutcome(
            status == SessionStatus.Active ? ReauthenticationVerdict.Confirmed : ReauthenticationVerdict.SignedOut);
    }
}
