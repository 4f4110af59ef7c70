using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Cookie authentication whose sign-ins are sessions.</summary>
/// <remarks>
/// The stock handler cannot do it through a store alone: it renews the presented session for anyone who signs in (dotnet/aspnetcore#47503,
/// #55634), cancels a sign-out with its request, and fails pages that need no user. Options, events, paths and challenges are the stock ones.
/// </remarks>
internal sealed partial class CookieSessionHandler(
    CookieSessions sessions,
    CarriedCookies carried,
    IProblemDetailsService problems,
    TimeProvider time,
    IOptionsMonitor<CookieAuthenticationOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder)
    : CookieAuthenticationHandler(options, loggerFactory, encoder)
{
    private PresentedCookie? _cookie;
    private bool _isCookieRead;
    private CookieSession? _session;
    private AuthenticationProperties? _handedOut;
    private CookieRenewal? _renewal;

    private CookieJar Jar => new(Context, Scheme, Options);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            return await AuthenticateSessionAsync();
        }
        catch (SessionsUnavailableException e)
        {
            Context.Features.Set(new SessionFeature { Scheme = Scheme.Name, IsUnknown = true, Earlier = Context.Features.Get<SessionFeature>() });
            return AuthenticateResult.Fail(e);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.SessionFeature(Scheme.Name).IsUnknown
        ? SessionProblems.WriteUnavailableAsync(Context, problems)
        : base.HandleChallengeAsync(properties);

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        ArgumentNullException.ThrowIfNull(user);
        properties ??= new AuthenticationProperties();
        var isRefresh = properties == _handedOut;
        var signingIn = new CookieSigningInContext(Context, Scheme, Options, user, properties, Jar.NewCookieOptions());
        properties.IssuedUtc ??= TimeProvider.GetUtcNow();
        properties.ExpiresUtc ??= properties.IssuedUtc + Options.ExpireTimeSpan;
        await Events.SigningIn(signingIn);

        properties = signingIn.Properties;
        if (properties.IsPersistent)
        {
            signingIn.CookieOptions.Expires = (properties.ExpiresUtc ?? properties.IssuedUtc + Options.ExpireTimeSpan)?.ToUniversalTime();
        }

        // A renewal that was due is part of this.
        _renewal = null;
        var ticket = new AuthenticationTicket(signingIn.Principal!, properties, Scheme.Name);
        if (isRefresh && _session is { } own && sessions.IsOfSameUser(Scheme.Name, own, ticket))
        {
            if (await sessions.RotateAsync(Scheme.Name, own, ticket) is not { } rotated)
            {
                // It has ended meanwhile, and stays ended.
                LogNotRefreshed(Logger, own.Token.SessionId);
                return;
            }

            Context.Features.Get<SparedSession>()?.Keep();
            await AnswerAsync(rotated, signingIn);
            return;
        }

        var started = await sessions.StartAsync(Context, Scheme.Name, ticket, await PresentedTokenAsync(), Jar.EndOf(properties));
        try
        {
            await AnswerAsync(started, signingIn);
        }
        catch
        {
            // No browser will hold the new session.
            sessions.TakeBack(started);
            throw;
        }
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (await PresentedTokenAsync() is { } token)
        {
            await sessions.EndAsync(token, RevocationReason.SignedOut);
            (_cookie, _session, _handedOut) = (null, null, null);
        }

        _renewal = null;
        var signingOut = new CookieSigningOutContext(Context, Scheme, Options, properties ?? new AuthenticationProperties(), Jar.NewCookieOptions());
        await Events.SigningOut(signingOut);
        Jar.Delete(signingOut.CookieOptions);
        await GoOnAsync(signingOut.Properties, Options.LogoutPath);
    }

    /// <summary>Renews the cookie, where that is due. A response that has been produced goes out whatever becomes of it.</summary>
    protected override async Task FinishResponseAsync()
    {
        UnknownSession.Refuse(Context, Scheme.Name);
        if (_renewal is not { } renewal || _session is not { } session)
        {
            return;
        }

        try
        {
            if (await RenewAsync(session, renewal))
            {
                Jar.Append(session.Token, renewal.Ticket.Properties);
                Jar.NeverCache();
            }
        }
        catch (SessionsUnavailableException e)
        {
            LogNotRenewed(Logger, e, session.Token.SessionId);
        }
    }

    private async Task<AuthenticateResult> AuthenticateSessionAsync()
    {
        if (!TryReadCookie(out var failure))
        {
            _session = await carried.TrySignInAsync(Jar);
            if (_session is null)
            {
                return failure;
            }

            _cookie = new PresentedCookie(_session.Token, _session.Content!.Properties.IssuedUtc, _session.Content.Properties.ExpiresUtc);
            Jar.Append(_session.Token, _session.Content.Properties);
            Jar.NeverCache();
        }
        else if (_cookie!.ExpiresAt < TimeProvider.GetUtcNow())
        {
            // An older copy of the cookie says nothing of the session, which may go on under a newer one.
            return AuthenticateResult.Fail("The cookie has expired.");
        }
        else
        {
            _session = await sessions.FindAsync(Scheme.Name, _cookie.Token, Context.RequestAborted);
        }

        NoteSession(_session);
        if (_session.Content is null)
        {
            _session = null;
            return AuthenticateResult.Fail("The session is not active.");
        }

        return await JudgeAsync(_session.Content);
    }

    /// <summary>Has the application look at the session's ticket, which is a copy of the request's own.</summary>
    private async Task<AuthenticateResult> JudgeAsync(AuthenticationTicket content)
    {
        var ticket = content.Clone();
        ticket.Properties.IssuedUtc = _cookie!.IssuedAt;
        ticket.Properties.ExpiresUtc = _cookie.ExpiresAt;

        // Before the application's event: what that changes for one request is not to be kept.
        await CheckSlidingAsync(ticket);
        var validating = new CookieValidatePrincipalContext(Context, Scheme, Options, ticket);
        await Events.ValidatePrincipal(validating);
        if (validating.Principal is null)
        {
            return AuthenticateResult.Fail("The application refused the principal.");
        }

        var judged = new AuthenticationTicket(validating.Principal, validating.Properties, Scheme.Name);
        if (validating.ShouldRenew)
        {
            _renewal = CookieRenewal.Of(judged, TimeProvider.GetUtcNow(), replacesContent: true) ?? _renewal;
        }

        _handedOut = validating.Properties;
        return AuthenticateResult.Success(judged);
    }

    private async Task CheckSlidingAsync(AuthenticationTicket ticket)
    {
        if (!Jar.Slides(ticket.Properties) || ticket.Properties is not { IssuedUtc: { } issued, ExpiresUtc: { } expires })
        {
            return;
        }

        var now = TimeProvider.GetUtcNow();
        var sliding = new CookieSlidingExpirationContext(Context, Scheme, Options, ticket, now - issued, expires - now)
        {
            ShouldRenew = expires - now < now - issued,
        };
        await Events.CheckSlidingExpiration(sliding);
        if (sliding.ShouldRenew)
        {
            _renewal = CookieRenewal.Of(ticket, now, replacesContent: false);
        }
    }

    /// <summary>Renews what the session holds, where that has changed.</summary>
    /// <returns>Whether the browser gets a new cookie: a session that has ended meanwhile gets none.</returns>
    private async Task<bool> RenewAsync(CookieSession session, CookieRenewal renewal)
    {
        if (!renewal.ReplacesContent || renewal.HoldsTheSameAs(session.Content!))
        {
            return (await sessions.FindAsync(Scheme.Name, session.Token, CancellationToken.None)).Content is not null;
        }

        if (sessions.IsOfSameUser(Scheme.Name, session, renewal.Ticket))
        {
            return await sessions.ReplaceAsync(Scheme.Name, session, renewal.Ticket) == SessionStatus.Active;
        }

        LogRenewalOfAnotherUser(Logger, session.Token.SessionId);
        return false;
    }

    /// <summary>Hands the browser the cookie of a session, and leads on.</summary>
    private async Task AnswerAsync(CookieSession session, CookieSigningInContext signingIn)
    {
        var properties = signingIn.Properties;
        _session = session;
        _cookie = new PresentedCookie(session.Token, properties.IssuedUtc, properties.ExpiresUtc);
        _isCookieRead = true;
        NoteSession(session);
        Jar.Append(session.Token, properties, signingIn.CookieOptions);
        await Events.SignedIn(new CookieSignedInContext(Context, Scheme, signingIn.Principal!, properties, Options));
        await GoOnAsync(properties, Options.LoginPath);
    }

    private void NoteSession(CookieSession session) => Context.Features.Set(new SessionFeature
    {
        Scheme = Scheme.Name,
        Session = session.Answer.Session,
        Status = session.Answer.Status,
        EndedBy = session.Answer.Reason,
        ReasonText = session.Answer.ReasonText,
        Token = session.Token,
        Time = time,
        AskedAt = session.Answer.AskedAt,
        Earlier = Context.Features.Get<SessionFeature>(),
    });

    private bool TryReadCookie(out AuthenticateResult failure)
    {
        failure = AuthenticateResult.NoResult();
        if (!_isCookieRead)
        {
            _isCookieRead = true;
            _cookie = Jar.Read(out var isPresent);
            failure = isPresent ? AuthenticateResult.Fail("The cookie cannot be read.") : failure;
        }

        return _cookie is not null;
    }

    /// <summary>The token that the browser holds: the presented one, or what this request made of it.</summary>
    private async Task<SessionToken?> PresentedTokenAsync()
    {
        // A cookie from before the switch becomes a session first, whose end is remembered.
        if (!TryReadCookie(out _) && await carried.TrySignInAsync(Jar) is { } session)
        {
            return session.Token;
        }

        return _cookie?.Token;
    }

    /// <summary>Leads on after a sign-in or a sign-out.</summary>
    private async Task GoOnAsync(AuthenticationProperties properties, PathString page)
    {
        Jar.NeverCache();
        if (Response.StatusCode == StatusCodes.Status200OK && ReturnTarget.Of(Request, properties, Options, page.HasValue && OriginalPath == page) is { } target)
        {
            await Events.RedirectToReturnUrl(new RedirectContext<CookieAuthenticationOptions>(Context, Scheme, Options, properties, target));
        }
    }
}
