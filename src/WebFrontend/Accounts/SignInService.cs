using System.Security.Claims;
using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Signs users in by their password: the one path that the page and the API share.</summary>
internal sealed partial class SignInService(PasswordCheck passwords, IBrowserSessions sessions, ILogger<SignInService> logger)
{
    /// <summary>Checks the credentials, and starts a session where they are right.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer; nobody is signed in.</exception>
    public async Task<SignInOutcome> SignInAsync(
        HttpContext context, string? userName, string? password, bool rememberMe, CancellationToken cancellationToken)
    {
        var name = AccountName.TryParse(userName, out var parsed) ? parsed : null;
        var proof = await passwords.ProveAsync(context, name, password, cancellationToken);
        if (proof.RetryAfter is { } wait)
        {
            return new SignInOutcome(SignInVerdict.Throttled, RetryAfter: wait);
        }

        if (proof.Account is not { } account)
        {
            return new SignInOutcome(SignInVerdict.WrongCredentials);
        }

        if (PlainTransport.IsCertain(context.Request))
        {
            LogPlainTransport(logger, account.Subject);
            return new SignInOutcome(SignInVerdict.PlainTransport);
        }

        return await StartAsync(context, account, rememberMe, cancellationToken);
    }

    private async Task<SignInOutcome> StartAsync(
        HttpContext context, AttemptResult account, bool rememberMe, CancellationToken cancellationToken)
    {
        var signIn = new BrowserSignIn(Principal(account), rememberMe, account.SecurityStamp);
        var result = await sessions.SignInAsync(context, signIn, cancellationToken);
        switch (result.Status)
        {
            case SignInStatus.SignedIn:
                LogSucceeded(logger, account.Subject, result.Session!.SessionId);
                return new SignInOutcome(SignInVerdict.SignedIn, result.Session, account.UserName);
            case SignInStatus.LimitReached:
                return new SignInOutcome(SignInVerdict.LimitReached);
            case SignInStatus.CredentialsChanged:
                return new SignInOutcome(SignInVerdict.WrongCredentials);
            default:
                throw new SessionsUnavailableException("The new session was not admitted.");
        }
    }

    private static ClaimsPrincipal Principal(AttemptResult account) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, account.Subject),
            new Claim(ClaimTypes.Name, account.UserName),
            new Claim("amr", "pwd"),
        ],
        "password"));

    [LoggerMessage(EventId = 412, EventName = "PasswordAccepted", Level = LogLevel.Information,
        Message = "{Subject} signed in with a password, as session {SessionId}.")]
    private static partial void LogSucceeded(ILogger logger, string subject, string sessionId);

    [LoggerMessage(EventId = 413, EventName = "PlainTransport", Level = LogLevel.Warning,
        Message = "{Subject} was not signed in: the browser uses plain HTTP, and would keep no cookie. Serve HTTPS, or use localhost.")]
    private static partial void LogPlainTransport(ILogger logger, string subject);
}
