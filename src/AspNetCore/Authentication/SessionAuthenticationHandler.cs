using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>Authenticates requests by their session cookie.</summary>
/// <remarks>
/// Three outcomes are kept apart: an active session, none (anonymous; a challenge answers 401 or leads to the sign-in
/// page), and one of which nothing can be known now (a challenge answers 503). Only the sign-out touches the cookie.
/// </remarks>
internal sealed partial class SessionAuthenticationHandler(
    SessionValidation sessionValidation,
    IBrowserSessions sessions,
    TimeProvider time,
    IProblemDetailsService problems,
    IOptionsMonitor<SessionAuthenticationOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder)
    : SignInAuthenticationHandler<SessionAuthenticationOptions>(options, loggerFactory, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        Response.NeverCache();
        switch (SessionCookie.Read(Request.Headers.Cookie, Options.CookieName, out var token))
        {
            case SessionCookie.Reading.Absent:
                return AuthenticateResult.NoResult();
            case SessionCookie.Reading.Malformed:
                LogMalformedCookie(Logger);
                return AuthenticateResult.NoResult();
        }

        try
        {
            var answer = await sessionValidation.ValidateAsync(token, Context.RequestAborted);
            Context.Features.Set(new SessionFeature
            {
                Session = answer.Session,
                Status = answer.Status,
                EndedBy = answer.Reason,
                Time = time,
                AskedAt = answer.AskedAt,
            });

            // Each request has a copy of its own: an application may add to the user's claims, for this request.
            return answer.IsActive ? (answer.Authentication ??= Authenticate(token, answer.Session)).Clone() : AuthenticateResult.NoResult();
        }
        catch (SessionsUnavailableException e)
        {
            Context.Features.Set(new SessionFeature { IsUnknown = true });
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.SessionFeature().IsUnknown)
        {
            return SessionProblems.WriteUnavailableAsync(Context, problems);
        }

        if (IsApiRequest())
        {
            return SessionProblems.WriteAsync(Context, problems, StatusCodes.Status401Unauthorized, "Not signed in.");
        }

        RedirectAndBack(Options.SignInPath, properties);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<StaleSignIn>() is null)
        {
            return SessionProblems.WriteAsync(Context, problems, StatusCodes.Status403Forbidden, "Not allowed.");
        }

        // A form that was open for too long belongs to a page as well, which starts over after the way round.
        if (IsApiRequest() && !IsFormOfPage())
        {
            return SessionProblems.WriteAsync(
                Context, problems, StatusCodes.Status403Forbidden, "Sign in again to do this.", SessionProblems.ReauthenticationRequired);
        }

        RedirectAndBack(Options.ReauthenticatePath, properties);
        return Task.CompletedTask;
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var signIn = new BrowserSignIn(user, properties?.IsPersistent ?? false);
        var result = await sessions.SignInAsync(Context, signIn, Context.RequestAborted);
        if (result.Status != SignInStatus.SignedIn)
        {
            throw new InvalidOperationException(
                $"The sign-in was refused: {result.Status}. Sign in through {nameof(IBrowserSessions)} to handle that as an outcome.");
        }
    }

    protected override Task HandleSignOutAsync(AuthenticationProperties? properties) =>
        sessions.SignOutAsync(Context);

    private AuthenticateResult Authenticate(SessionToken token, SessionInfo session)
    {
        try
        {
            var principal = TicketSeal.Open(token, session.Ticket);
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
        }
        catch (CryptographicException e)
        {
            // The record is damaged, or a program that is not ours wrote it: nothing can be said of the claims.
            LogUnreadableTicket(Logger, session.SessionId);
            throw new SessionsUnavailableException("The session's ticket cannot be read.", e);
        }
    }

    private void RedirectAndBack(PathString path, AuthenticationProperties properties)
    {
        var here = properties.RedirectUri ?? $"{Request.PathBase}{Request.Path}{Request.QueryString}";
        Response.Redirect(QueryHelpers.AddQueryString(Request.PathBase + path, Options.ReturnUrlParameter, here));
    }

    private bool IsApiRequest() => IsApiEndpoint() || !HttpMethods.IsGet(Request.Method);

    private bool IsFormOfPage() => Request.HasFormContentType && !IsApiEndpoint();

    private bool IsApiEndpoint() => Context.GetEndpoint()?.Metadata.GetMetadata<IDisableCookieRedirectMetadata>() is not null;

    [LoggerMessage(EventId = 210, EventName = "MalformedCookie", Level = LogLevel.Information,
        Message = "A request presented a session cookie that is malformed, or more than one.")]
    private static partial void LogMalformedCookie(ILogger logger);

    [LoggerMessage(EventId = 211, EventName = "UnreadableTicket", Level = LogLevel.Error,
        Message = "The ticket of session {SessionId} cannot be opened by the session's own secret.")]
    private static partial void LogUnreadableTicket(ILogger logger, string sessionId);
}
