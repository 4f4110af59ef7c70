using System.Security.Claims;
using OrleansSessions.AspNetCore;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.WebFrontend;

/// <summary>Signs users in by their password: the one path that the page and the API share.</summary>
internal sealed partial class SignInService(
    PasswordCheck passwords, IBrowserSessions sessions, Throttles throttles, ILogger<SignInService> logger)
{
    /// <summary>Checks the credentials, and starts a session where they are right.</summary>
    /// <exception cref="SessionsUnavailableException">It cannot be known now; nobody is signed in.</exception>
    public async Task<SignInOutcome> SignInAsync(
        HttpContext context, string? userName, string? password, bool rememberMe, CancellationToken cancellationToken)
    {
        var source = SignInSource.Of(context.Connection.RemoteIpAddress);
        var place = throttles.FailedSignIns.Reserve(source);
        if (place.RetryAfter is { } wait)
        {
            LogThrottled(logger, source);
            return new SignInOutcome(SignInVerdict.Throttled, RetryAfter: wait);
        }

        try
        {
            var outcome = await CheckAndStartAsync(context, source, userName, password ?? "", rememberMe, cancellationToken);
            if (outcome.Verdict != SignInVerdict.WrongCredentials)
            {
                place.GiveBack();
            }

            return outcome;
        }
        catch (SessionsUnavailableException)
        {
            place.GiveBack();
            throw;
        }
    }

    private async Task<SignInOutcome> CheckAndStartAsync(
        HttpContext context, string source, string? userName, string password, bool rememberMe, CancellationToken cancellationToken)
    {
        var name = AccountName.TryParse(userName, out var parsed) ? parsed : null;
        var known = DeviceCookie.Read(context.Request);
        var device = known ?? DeviceCookie.NewId();
        if (await passwords.CheckAsync(name, password, known, device, cancellationToken) is not { } account)
        {
            LogFailed(logger, source);
            return new SignInOutcome(SignInVerdict.WrongCredentials);
        }

        var signIn = new BrowserSignIn(Principal(account), rememberMe, account.SecurityStamp);
        var result = await sessions.SignInAsync(context, signIn, cancellationToken);
        if (result.Status == SignInStatus.SignedIn)
        {
            DeviceCookie.Write(context.Response, device);
            LogSucceeded(logger, account.Subject, result.Session!.SessionId);
        }

        return result.Status switch
        {
            SignInStatus.SignedIn => new SignInOutcome(SignInVerdict.SignedIn, result.Session, account.UserName),
            SignInStatus.LimitReached => new SignInOutcome(SignInVerdict.LimitReached),
            SignInStatus.CredentialsChanged => new SignInOutcome(SignInVerdict.WrongCredentials),
            _ => throw new SessionsUnavailableException("The new session was not admitted."),
        };
    }

    private static ClaimsPrincipal Principal(AttemptResult account) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, account.Subject),
            new Claim(ClaimTypes.Name, account.UserName),
            new Claim("amr", "pwd"),
        ],
        "password"));

    [LoggerMessage(EventId = 110, EventName = "PasswordAccepted", Level = LogLevel.Information,
        Message = "{Subject} signed in with a password, as session {SessionId}.")]
    private static partial void LogSucceeded(ILogger logger, string subject, string sessionId);

    [LoggerMessage(EventId = 111, EventName = "SignInFailed", Level = LogLevel.Information,
        Message = "A sign-in from {Source} failed.")]
    private static partial void LogFailed(ILogger logger, string source);

    [LoggerMessage(EventId = 112, EventName = "SignInThrottled", Level = LogLevel.Warning,
        Message = "{Source} has failed to sign in too often, and has to wait.")]
    private static partial void LogThrottled(ILogger logger, string source);
}
