using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>The sessions behind the cookies of cookie authentication.</summary>
internal sealed partial class CookieSessions(
    ClusterCaller cluster,
    SessionStarter starter,
    SessionEnder ender,
    SessionValidation validation,
    TicketReplacement replacement,
    SessionSubjects subjects,
    IOptionsMonitor<CookieSessionsOptions> options,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<CookieSessions> logger)
{
    /// <summary>Starts a session, and ends the one that the browser presented.</summary>
    /// <param name="context">The request; null for none.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="ticket">What the session holds.</param>
    /// <param name="presented">The token that the browser presented; null for none.</param>
    /// <param name="endsAt">When the session ends at the latest; null for what the cluster's timeouts say.</param>
    /// <param name="chosen">The token to start it under; null for a new one.</param>
    /// <remarks>The browser's patience plays no part: a session that it never hears of ends unused.</remarks>
    /// <exception cref="SignInRefusedException">The user has too many sessions, or the credentials were changed meanwhile.</exception>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer. A session that may have started is taken back.</exception>
    public async Task<CookieSession> StartAsync(
        HttpContext? context,
        string scheme,
        AuthenticationTicket ticket,
        SessionToken? presented = null,
        DateTimeOffset? endsAt = null,
        SessionToken? chosen = null)
    {
        var askedAt = time.GetTimestamp();
        SignInRequest NewRequestFor(SessionToken token) => NewRequest(context, scheme, ticket, token, presented, endsAt);
        var (token, result) = await starter.StartAsync(NewRequestFor, CancellationToken.None, chosen);
        if (result.Status == SignInStatus.CredentialsChanged && await AdoptStampAsync(scheme, ticket))
        {
            (token, result) = await starter.StartAsync(NewRequestFor, CancellationToken.None, chosen);
        }

        if (result is not { Status: SignInStatus.SignedIn, Session: { } session })
        {
            throw new SignInRefusedException(result.Status);
        }

        await ender.SupersedeAsync(presented, CancellationToken.None);
        var answer = new ValidationAnswer(new SessionValidationResult { Status = SessionStatus.Active, Session = session }, askedAt);
        return new CookieSession(token, answer, ticket);
    }

    /// <summary>Validates a token, and opens what its session holds.</summary>
    /// <exception cref="SessionsUnavailableException">Neither the cluster nor the store says clearly what the session is.</exception>
    public async ValueTask<CookieSession> FindAsync(string scheme, SessionToken token, CancellationToken cancellationToken)
    {
        var answer = await validation.ValidateAsync(token, cancellationToken);
        if (!answer.IsActive)
        {
            return new CookieSession(token, answer, null);
        }

        answer.Authentication ??= AuthenticateResult.Success(Open(token, answer.Session));
        var content = answer.Authentication.Ticket!;
        if (content.AuthenticationScheme == scheme)
        {
            return new CookieSession(token, answer, content);
        }

        // A cookie of one scheme must not make its user one of the other.
        LogOtherScheme(logger, token.SessionId, scheme);
        return new CookieSession(token, new ValidationAnswer(SessionValidationResult.NotFound, answer.AskedAt), null);
    }

    /// <summary>Replaces what a session holds, and leaves its secret.</summary>
    /// <returns>What the session is by then: of one that has ended, nothing is written.</returns>
    /// <exception cref="InvalidOperationException">The ticket is of another user.</exception>
    /// <exception cref="SessionsUnavailableException">The old content may go on.</exception>
    public Task<SessionStatus> ReplaceAsync(string scheme, CookieSession session, AuthenticationTicket ticket)
    {
        ThrowIfOfAnotherUser(scheme, session, ticket);
        return replacement.ReplaceAsync(session.Token, session.Session.Subject, Seal(session.Token, scheme, ticket));
    }

    /// <summary>Replaces what a session holds, and its secret. The old secret is dead everywhere when this returns.</summary>
    /// <returns>The session under its new token; null where it has ended, or another request has replaced the secret.</returns>
    /// <exception cref="InvalidOperationException">The ticket is of another user (GHSA-2865-hh9g-w894).</exception>
    /// <exception cref="SessionsUnavailableException">Either secret may be the session's.</exception>
    public async Task<CookieSession?> RotateAsync(string scheme, CookieSession session, AuthenticationTicket ticket)
    {
        ThrowIfOfAnotherUser(scheme, session, ticket);
        var next = session.Token.Rotate();
        var request = new RotationRequest
        {
            Current = session.Token.SecretHash,
            Next = next.SecretHash,
            Ticket = Seal(next, scheme, ticket),
        };
        var askedAt = 0L;
        var result = await cluster.CallPatientlyAsync(
            (grains, ct) =>
            {
                askedAt = time.GetTimestamp();
                return grains.GetSession(next.SessionId).RotateAsync(request, ct);
            },
            CancellationToken.None);
        return result is { Status: SessionStatus.Active, Session: { } rotated }
            ? new CookieSession(next, new ValidationAnswer(new SessionValidationResult { Status = SessionStatus.Active, Session = rotated }, askedAt), ticket)
            : null;
    }

    /// <summary>Whether a principal is the user of a session.</summary>
    public bool IsOfSameUser(string scheme, CookieSession session, AuthenticationTicket ticket) =>
        subjects.Of(scheme, ticket.Principal, session.Token) == session.Session.Subject;

    /// <summary>Ends a session that its holder presented.</summary>
    /// <exception cref="SessionsUnavailableException">The session may still be active.</exception>
    public Task EndAsync(SessionToken token, RevocationReason reason, string? reasonText = null) => ender.EndAsync(token, reason, reasonText);

    /// <summary>Takes back a session whose cookie no browser will get.</summary>
    public void TakeBack(CookieSession session) => starter.TakeBack(session.Token, session.Session.Subject);

    /// <summary>Has the sessions follow the stamp that a sign-in carries, where the cluster has not heard of it.</summary>
    /// <returns>Whether the sign-in is one with the credentials of today.</returns>
    private async Task<bool> AdoptStampAsync(string scheme, AuthenticationTicket ticket)
    {
        await using var scope = scopes.CreateAsyncScope();
        return scope.ServiceProvider.GetService<IStampAuthority>() is { } authority && await authority.AdoptAsync(scheme, ticket.Principal);
    }

    private SignInRequest NewRequest(
        HttpContext? context, string scheme, AuthenticationTicket ticket, SessionToken token, SessionToken? presented, DateTimeOffset? endsAt) => new()
        {
            SecretHash = token.SecretHash,
            Subject = subjects.Of(scheme, ticket.Principal, token),
            Ticket = Seal(token, scheme, ticket),
            Client = ClientDescription.Of(context),
            RememberMe = ticket.Properties.IsPersistent,
            SecurityStamp = options.Get(scheme).SecurityStampOf(ticket.Principal),
            Replaces = presented is { } old ? new SessionProof(old.SessionId, old.SecretHash) : null,
            ExpiresAt = endsAt,
        };

    private static byte[] Seal(SessionToken token, string scheme, AuthenticationTicket ticket) =>
        TicketSeal.Seal(token, new AuthenticationTicket(ticket.Principal, ticket.Properties, scheme));

    private void ThrowIfOfAnotherUser(string scheme, CookieSession session, AuthenticationTicket ticket)
    {
        if (!IsOfSameUser(scheme, session, ticket))
        {
            throw new InvalidOperationException("The ticket is of another user than the session.");
        }
    }

    private AuthenticationTicket Open(SessionToken token, SessionInfo session)
    {
        try
        {
            return TicketSeal.Open(token, session.Ticket);
        }
        catch (CryptographicException e)
        {
            // The record is damaged, or a program that is not ours wrote it: nothing can be said of the claims.
            LogUnreadableTicket(logger, session.SessionId);
            throw new SessionsUnavailableException("The session's ticket cannot be read.", e);
        }
    }

    [LoggerMessage(EventId = 280, EventName = "UnreadableCookieTicket", Level = LogLevel.Error,
        Message = "The ticket of session {SessionId} cannot be opened by the session's own secret.")]
    private static partial void LogUnreadableTicket(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 281, EventName = "CookieOfOtherScheme", Level = LogLevel.Warning,
        Message = "A request presented session {SessionId} in a cookie of the scheme {Scheme}, which did not sign it in.")]
    private static partial void LogOtherScheme(ILogger logger, string sessionId, string scheme);
}
