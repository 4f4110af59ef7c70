using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

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
    /// <summary>What the application does at the turns of a session.</summary>
    private new SessionAuthenticationEvents Events => (SessionAuthenticationEvents)base.Events!;

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new SessionAuthenticationEvents());

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
            return await AuthenticateAsync(token);
        }
        catch (SessionsUnavailableException e)
        {
            Context.Features.Set(new SessionFeature { Scheme = Scheme.Name, IsUnknown = true, Earlier = Context.Features.Get<SessionFeature>() });
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.SessionFeature(Scheme.Name).IsUnknown
        ? SessionProblems.WriteUnavailableAsync(Context, problems)
        : Events.RedirectToLogin(Redirect(Options.SignInPath, properties));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<StaleSignIn>() is null)
        {
            return Events.RedirectToAccessDenied(Redirect(Options.AccessDeniedPath, properties));
        }

        // A form that was open for too long belongs to a page as well, which starts over after the way round.
        if (SessionRedirects.IsForProgram(Request) && !SessionRedirects.IsFormOfPage(Request))
        {
            return SessionProblems.WriteAsync(
                Context, problems, StatusCodes.Status403Forbidden, "Sign in again to do this.", SessionProblems.ReauthenticationRequired);
        }

        Response.Redirect(Redirect(Options.ReauthenticatePath, properties).RedirectUri);
        return Task.CompletedTask;
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        properties ??= new AuthenticationProperties();
        var signIn = new BrowserSignIn(user) { Scheme = Scheme.Name, Properties = properties };
        var result = await sessions.SignInAsync(Context, signIn, Context.RequestAborted);
        if (result.Status != SignInStatus.SignedIn)
        {
            throw new SignInRefusedException(result.Status);
        }

        GoOn(properties);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await sessions.SignOutAsync(Context, Scheme.Name);
        GoOn(properties);
    }

    private async Task<AuthenticateResult> AuthenticateAsync(SessionToken token)
    {
        var answer = await sessionValidation.ValidateAsync(token, Context.RequestAborted);
        var authentication = answer.IsActive ? answer.Authentication ??= Open(token, answer.Session) : AuthenticateResult.NoResult();

        // A browser can present one scheme's token in another one's cookie, which must not make its user one of the other.
        var isOfOtherScheme = authentication.Ticket is { } ticket && ticket.AuthenticationScheme != Scheme.Name;
        if (isOfOtherScheme)
        {
            LogOtherScheme(Logger, token.SessionId, Scheme.Name);
            authentication = AuthenticateResult.NoResult();
        }

        Context.Features.Set(new SessionFeature
        {
            Scheme = Scheme.Name,
            Session = isOfOtherScheme ? null : answer.Session,
            Status = isOfOtherScheme ? SessionStatus.NotFound : answer.Status,
            EndedBy = answer.Reason,
            ReasonText = answer.ReasonText,
            Time = time,
            AskedAt = answer.AskedAt,
            Earlier = Context.Features.Get<SessionFeature>(),
        });
        if (answer.Status is SessionStatus.Expired or SessionStatus.Revoked)
        {
            await Events.SessionEnded(new SessionEndedContext(Context, Scheme, Options, token.SessionId, answer));
        }

        // Each request has a copy of its own: an application may add to the user's claims, for this request.
        return authentication.Clone();
    }

    private AuthenticateResult Open(SessionToken token, SessionInfo session)
    {
        try
        {
            var ticket = TicketSeal.Open(token, session.Ticket);
            ticket.Properties.Describe(session);
            return AuthenticateResult.Success(ticket);
        }
        catch (CryptographicException e)
        {
            // The record is damaged, or a program that is not ours wrote it: nothing can be said of the claims.
            LogUnreadableTicket(Logger, session.SessionId);
            throw new SessionsUnavailableException("The session's ticket cannot be read.", e);
        }
    }

    /// <summary>The way to a page of the application, which leads back here.</summary>
    private RedirectContext<SessionAuthenticationOptions> Redirect(PathString path, AuthenticationProperties properties)
    {
        var here = properties.RedirectUri ?? $"{Request.PathBase}{Request.Path}{Request.QueryString}";
        var uri = path.HasValue ? QueryHelpers.AddQueryString(Request.PathBase + path, Options.ReturnUrlParameter, here) : "";
        return new RedirectContext<SessionAuthenticationOptions>(Context, Scheme, Options, properties, uri);
    }

    /// <summary>Leads on after a sign-in or a sign-out, to where the application said.</summary>
    private void GoOn(AuthenticationProperties? properties)
    {
        if (properties?.RedirectUri is { } uri && Response.StatusCode == StatusCodes.Status200OK)
        {
            Response.Redirect(uri);
        }
    }

    [LoggerMessage(EventId = 210, EventName = "MalformedCookie", Level = LogLevel.Information,
        Message = "A request presented a session cookie that is malformed, or more than one.")]
    private static partial void LogMalformedCookie(ILogger logger);

    [LoggerMessage(EventId = 211, EventName = "UnreadableTicket", Level = LogLevel.Error,
        Message = "The ticket of session {SessionId} cannot be opened by the session's own secret.")]
    private static partial void LogUnreadableTicket(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 212, EventName = "OtherScheme", Level = LogLevel.Warning,
        Message = "A request presented session {SessionId} in the cookie of the scheme {Scheme}, which did not sign it in.")]
    private static partial void LogOtherScheme(ILogger logger, string sessionId, string scheme);
}
