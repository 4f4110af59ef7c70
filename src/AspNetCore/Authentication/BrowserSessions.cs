using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

internal sealed partial class BrowserSessions(
    ClusterCaller cluster,
    SessionTicketCodec tickets,
    SessionCookieReader cookies,
    ILogger<BrowserSessions> logger) : IBrowserSessions
{
    private const int SignInTries = 2;

    public async Task<SignInResult> SignInAsync(HttpContext context, BrowserSignIn signIn, CancellationToken cancellationToken = default)
    {
        var (token, result) = await StartSessionAsync(context, signIn, cancellationToken);
        if (result is not { Status: SignInStatus.SignedIn, Session: { } session })
        {
            return result;
        }

        await SupersedePresentedAsync(context, token, cancellationToken);
        SessionCookie.Write(context.Response, cookies.CookieName, token, LifetimeOf(session));
        context.Response.NeverCache();
        LogSignedIn(logger, session.SessionId);
        return result;
    }

    public async Task<SessionStatus> ReauthenticateAsync(HttpContext context, ClaimsPrincipal? principal = null)
    {
        if (!cookies.TryRead(context.Request, out var token) || !context.TryGetSession(out var session))
        {
            return SessionStatus.NotFound;
        }

        if (principal is not null && SubjectOf(principal) != session.Subject)
        {
            throw new ArgumentException("The principal is not the user of the session.", nameof(principal));
        }

        var next = token.Rotate();
        var request = new RotationRequest
        {
            Current = token.SecretHash,
            Next = next.SecretHash,
            Ticket = principal is null ? null : tickets.Protect(token.SessionId, principal),
            Reauthenticated = true,
        };

        // A rotation that has begun is carried through: the browser must learn the secret that it ends with.
        var result = await cluster.CallPatientlyAsync(
            (grains, ct) => grains.GetSession(token.SessionId).RotateAsync(request, ct), CancellationToken.None);
        if (result is { Status: SessionStatus.Active, Session: { } rotated })
        {
            SessionCookie.Write(context.Response, cookies.CookieName, next, LifetimeOf(rotated));
            context.Response.NeverCache();
            context.Features.Set(new SessionFeature { Session = rotated, Status = SessionStatus.Active });
            LogReauthenticated(logger, token.SessionId);
        }

        return result.Status;
    }

    public async Task<bool> SignOutAsync(HttpContext context)
    {
        if (!cookies.TryRead(context.Request, out var token))
        {
            return false;
        }

        // A sign-out that has begun is carried through, also when the browser does not wait for its answer.
        var result = await RevokeAsync(token, RevocationReason.SignedOut, CancellationToken.None);
        SessionCookie.Delete(context.Response, cookies.CookieName);
        context.Response.NeverCache();
        var ended = result.Status == SessionStatus.Active;
        if (ended)
        {
            LogSignedOut(logger, token.SessionId);
        }

        return ended;
    }

    private async Task<(SessionToken Token, SignInResult Result)> StartSessionAsync(
        HttpContext context, BrowserSignIn signIn, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(signIn.Principal);
        for (var tryNumber = 1; ; tryNumber++)
        {
            // A try whose answer was lost may have left a session: its token is given up, and the next try has its own.
            var token = SessionToken.Create();
            var request = new SignInRequest
            {
                SecretHash = token.SecretHash,
                Subject = subject,
                Ticket = tickets.Protect(token.SessionId, signIn.Principal),
                Client = DescribeClient(context),
                RememberMe = signIn.RememberMe,
                SecurityStamp = signIn.SecurityStamp,
            };
            try
            {
                var result = await cluster.CallOnceAsync(
                    (grains, ct) => grains.GetSession(token.SessionId).SignInAsync(request, ct), cancellationToken);
                if (result.Status != SignInStatus.AlreadyUsed || tryNumber == SignInTries)
                {
                    return (token, result);
                }
            }
            catch (SessionsUnavailableException) when (tryNumber < SignInTries)
            {
                LogSignInRetried(logger, token.SessionId);
            }
        }
    }

    private static string SubjectOf(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? principal.FindFirstValue("sub")
        ?? throw new ArgumentException("The principal has no subject: give it a NameIdentifier or 'sub' claim.", nameof(principal));

    private async Task SupersedePresentedAsync(HttpContext context, SessionToken successor, CancellationToken cancellationToken)
    {
        if (!cookies.TryRead(context.Request, out var old))
        {
            return;
        }

        try
        {
            await RevokeAsync(old, RevocationReason.Superseded, cancellationToken);
        }
        catch
        {
            // The browser keeps what it has, so nobody will ever hold the new session: it must not stand in the user's list.
            RevokeAsync(successor, RevocationReason.Abandoned, CancellationToken.None).Ignore();
            throw;
        }
    }

    // The presented secret goes with it: a request can end the session that it holds, and no other (CVE-2025-71402).
    private Task<RevocationResult> RevokeAsync(SessionToken token, RevocationReason reason, CancellationToken cancellationToken)
    {
        var request = new RevocationRequest { Reason = reason, ProofOfPossession = token.SecretHash };
        return cluster.CallPatientlyAsync(
            (grains, ct) => grains.GetSession(token.SessionId).RevokeAsync(request, ct), cancellationToken);
    }

    /// <summary>A session cookie, unless the user asked to be remembered.</summary>
    private static TimeSpan? LifetimeOf(SessionInfo session) =>
        session.RememberMe ? session.ExpiresAt - session.LastSeenAt : null;

    private static ClientInfo DescribeClient(HttpContext context)
    {
        var userAgent = context.Request.Headers.UserAgent.ToString();
        return new ClientInfo(
            userAgent.Length > ClientInfo.MaxUserAgentLength ? userAgent[..ClientInfo.MaxUserAgentLength] : userAgent,
            context.Connection.RemoteIpAddress?.ToString());
    }

    [LoggerMessage(EventId = 200, EventName = "SignedIn", Level = LogLevel.Information, Message = "Session {SessionId} signed in.")]
    private static partial void LogSignedIn(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 201, EventName = "SignedOut", Level = LogLevel.Information, Message = "Session {SessionId} signed out.")]
    private static partial void LogSignedOut(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 202, EventName = "Reauthenticated", Level = LogLevel.Information,
        Message = "The user of session {SessionId} proved again who they are; its secret was replaced.")]
    private static partial void LogReauthenticated(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 203, EventName = "SignInRetried", Level = LogLevel.Warning,
        Message = "The sign-in as session {SessionId} was not answered; trying with a new one.")]
    private static partial void LogSignInRetried(ILogger logger, string sessionId);
}
