using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>Makes outdated claims again, before a request is answered with them.</summary>
internal sealed class ClaimsRenewer(
    ClusterCaller cluster,
    PresentClaims present,
    SessionSchemes schemes,
    CookieSessionSchemes cookieSchemes,
    SessionEnder ender,
    TimeProvider time)
{
    private const int MaxTries = 3;
    private const string NotAllowed = "The user may not be signed in any more.";

    /// <summary>Answers with claims that were made after the request arrived.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer, or this front end has no source of claims.</exception>
    public async Task<ValidationAnswer> RenewAsync(SessionToken token, ValidationAnswer answer, CancellationToken cancellationToken)
    {
        for (var tries = 0; answer is { IsActive: true, Session.AreClaimsOutdated: true } && tries < MaxTries; tries++)
        {
            answer = await RenewOnceAsync(token, answer.Session, cancellationToken);
        }

        return answer is { IsActive: true, Session.AreClaimsOutdated: true }
            ? throw new SessionsUnavailableException("The session's claims change faster than they can be made.")
            : answer;
    }

    private async Task<ValidationAnswer> RenewOnceAsync(SessionToken token, SessionInfo session, CancellationToken cancellationToken)
    {
        var old = Open(token, session);
        var principal = await MakeAsync(token, session.Subject, old, cancellationToken);
        if (!principal.Identities.Any())
        {
            await ender.EndAsync(token, RevocationReason.RevokedByAdmin, NotAllowed);
            return new ValidationAnswer(SessionValidationResult.Ended(RevocationReason.RevokedByAdmin, NotAllowed), time.GetTimestamp());
        }

        var renewal = new ClaimsRenewal
        {
            SecretHash = token.SecretHash,
            Ticket = TicketSeal.Seal(token, new AuthenticationTicket(principal, old.Properties, old.AuthenticationScheme)),
            Revision = session.Revision,
        };
        var askedAt = 0L;
        var result = await cluster.CallAsync(
            (grains, ct) =>
            {
                askedAt = time.GetTimestamp();
                return grains.GetSession(token.SessionId).RenewClaimsAsync(renewal, ct);
            },
            cancellationToken);
        return new ValidationAnswer(result, askedAt);
    }

    private async Task<ClaimsPrincipal> MakeAsync(
        SessionToken token, string subject, AuthenticationTicket old, CancellationToken cancellationToken)
    {
        if (await present.MakeAsync(old.AuthenticationScheme, token, subject, old.Principal, cancellationToken) is { } principal)
        {
            return principal;
        }

        // Under cookie authentication, a renewal of one session's ticket marks the user's others: they keep the claims that they have.
        return cookieSchemes.Contains(old.AuthenticationScheme)
            ? old.Principal
            : throw new SessionsUnavailableException($"The session's claims must be made again: register an {nameof(IClaimsSource)} at each front end.");
    }

    private AuthenticationTicket Open(SessionToken token, SessionInfo session)
    {
        try
        {
            return TicketSeal.Open(token, session.Ticket);
        }
        catch (CryptographicException)
        {
            // The claims are replaced in any case.
            return new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity()), schemes.ForSignIn(null));
        }
    }
}
