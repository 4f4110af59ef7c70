using OrleansSessions.AspNetCore;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.WebFrontend;

/// <summary>What a signed-in user's proof of the password came to.</summary>
/// <param name="Account">The account, where the password was right.</param>
/// <param name="RetryAfter">How long to wait, where it was not looked at.</param>
internal sealed record PasswordProof(AttemptResult? Account, TimeSpan? RetryAfter = null)
{
    public static PasswordProof Failed { get; } = new(Account: null);
}

/// <summary>Lets a signed-in user prove the password of the account that the session belongs to, and of no other.</summary>
/// <remarks>A session in a thief's hands must be no way to guess: it counts as an attempt like any sign-in.</remarks>
internal sealed class OwnPassword(PasswordCheck passwords, Throttles throttles)
{
    /// <exception cref="SessionsUnavailableException">It cannot be known now.</exception>
    public async Task<PasswordProof> ProveAsync(HttpContext context, string? password, CancellationToken cancellationToken)
    {
        if (!AccountName.TryParse(context.User.Identity?.Name, out var name) || !context.TryGetSession(out var session))
        {
            return PasswordProof.Failed;
        }

        var place = throttles.FailedSignIns.Reserve(SignInSource.Of(context.Connection.RemoteIpAddress));
        if (place.RetryAfter is { } wait)
        {
            return new PasswordProof(Account: null, wait);
        }

        try
        {
            var known = DeviceCookie.Read(context.Request);
            var account = await passwords.CheckAsync(name, password ?? "", known, known ?? DeviceCookie.NewId(), cancellationToken);
            if (account is null || account.Subject != session.Subject)
            {
                return PasswordProof.Failed;
            }

            place.GiveBack();
            return new PasswordProof(account);
        }
        catch (SessionsUnavailableException)
        {
            place.GiveBack();
            throw;
        }
    }
}
