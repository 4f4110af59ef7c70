using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <inheritdoc cref="IBrowserSessions"/>
internal sealed partial class BrowserSessions(
    ClusterCaller cluster,
    SessionStarter starter,
    SessionEnder ender,
    SessionCookieReader cookies,
    SessionSchemes schemes,
    SignInEvents signInEvents,
    IOptionsMonitor<SessionAuthenticationOptions> options,
    TimeProvider time,
    ILogger<BrowserSessions> logger) : IBrowserSessions
{
    public async Task<SessionSignInResult> SignInAsync(HttpContext context, BrowserSignIn signIn, CancellationToken cancellationToken = default)
    {
        var scheme = schemes.ForSignIn(signIn.Scheme);
        var (signingIn, events) = await signInEvents.RaiseSigningInAsync(context, scheme, signIn);
        var (principal, properties) = (signingIn.Principal!, signingIn.Properties);
        var presented = cookies.Read(context.Request, scheme);
        var (token, result) = await starter.StartAsync(
            token => new SignInRequest
            {
                SecretHash = token.SecretHash,
                Subject = signingIn.Options.SubjectOf(principal),
                Ticket = TicketSeal.Seal(token, new AuthenticationTicket(principal, properties, scheme)),
                Client = ClientDescription.Of(context),
                RememberMe = properties.IsPersistent,
                SecurityStamp = signIn.SecurityStamp,
                Replaces = presented is { } old ? new SessionProof(old.SessionId, old.SecretHash) : null,
                ExpiresAt = properties.ExpiresUtc,
            },
            cancellationToken);
        if (result is not { Status: SignInStatus.SignedIn, Session: { } session })
        {
            return result;
        }

        try
        {
            context.RequestAborted.ThrowIfCancellationRequested();
            await ender.SupersedeAsync(presented, context.RequestAborted);
            SessionCookie.Write(context.Response, signingIn.Options.CookieName, token, LifetimeOf(session));
            context.Response.NeverCache();
            properties.Describe(session);
            await events.SignedIn(new SessionSignedInContext(signingIn, session));
        }
        catch
        {
            // Nobody will ever hold the new session.
            starter.TakeBack(token, session.Subject);
            throw;
        }

        LogSignedIn(logger, session.SessionId);
        return result;
    }

    public async Task<SessionStatus> ReauthenticateAsync(HttpContext context, ClaimsPrincipal? principal = null, string? scheme = null)
    {
        scheme = schemes.OwnOf(context, scheme);
        if (!cookies.TryRead(context.Request, scheme, out var token) || !context.TryGetSession(scheme, out var session))
        {
            return SessionStatus.NotFound;
        }

        var settings = options.Get(scheme);
        if (principal is not null && settings.SubjectOf(principal) != session.Subject)
        {
            throw new ArgumentException("The principal is not the user of the session.", nameof(principal));
        }

        var next = token.Rotate();
        var presented = OpenPresented(token, session);
        var request = new RotationRequest
        {
            Current = token.SecretHash,
            Next = next.SecretHash,
            Ticket = TicketSeal.Seal(next, new AuthenticationTicket(principal ?? presented.Principal, presented.Properties, scheme)),
            Revision = principal is null ? session.Revision : null,
            Reauthenticated = true,
        };

        // A rotation that has begun is carried through: the browser must learn the secret that it ends with.
        var askedAt = 0L;
        var result = await cluster.CallPatientlyAsync(
            (grains, ct) =>
            {
                askedAt = time.GetTimestamp();
                return grains.GetSession(token.SessionId).RotateAsync(request, ct);
            },
            CancellationToken.None);
        if (result is { Status: SessionStatus.Active, Session: { } rotated })
        {
            SessionCookie.Write(context.Response, settings.CookieName, next, LifetimeOf(rotated));
            context.Response.NeverCache();
            context.Features.Set(new SessionFeature
            {
                Scheme = scheme,
                Session = rotated,
                Status = SessionStatus.Active,
                Time = time,
                AskedAt = askedAt,
                Earlier = context.Features.Get<SessionFeature>(),
            });
            LogReauthenticated(logger, token.SessionId);
        }

        return result.Status;
    }

    public async Task<bool> SignOutAsync(HttpContext context, string? scheme = null)
    {
        scheme = schemes.OwnOf(context, scheme);
        if (!cookies.TryRead(context.Request, scheme, out var token))
        {
            return false;
        }

        // A sign-out that has begun is carried through, also when the browser does not wait for its answer.
        var result = await ender.EndAsync(token, RevocationReason.SignedOut);
        SessionCookie.Delete(context.Response, options.Get(scheme).CookieName);
        context.Response.NeverCache();
        var ended = result.Status == SessionStatus.Active;
        if (ended)
        {
            LogSignedOut(logger, token.SessionId);
        }

        return ended;
    }

    private static AuthenticationTicket OpenPresented(SessionToken token, SessionInfo session)
    {
        try
        {
            return TicketSeal.Open(token, session.Ticket);
        }
        catch (CryptographicException e)
        {
            throw new SessionsUnavailableException("The session's ticket cannot be read.", e);
        }
    }

    /// <summary>A session cookie, unless the user asked to be remembered.</summary>
    private static TimeSpan? LifetimeOf(SessionInfo session) =>
        session.RememberMe ? session.ExpiresAt - session.LastSeenAt : null;
}
