namespace OrleansSessions.AspNetCore;

/// <summary>Replaces what a session holds, and leaves its secret: requests under way with the same cookie go on.</summary>
/// <remarks>
/// Marks the claims as outdated, which takes all leases back, and answers the mark with the new ticket. The mark is one for all of the
/// user's sessions, so the others make their claims again with their next requests.
/// </remarks>
internal sealed class TicketReplacement(ClusterCaller cluster)
{
    private const int MaxTries = 3;

    /// <summary>Replaces a session's ticket. When this returns, no request is answered with the old one.</summary>
    /// <returns>What the session is: of one that has ended, or never was, nothing is written.</returns>
    /// <exception cref="SessionsUnavailableException">The old ticket may go on.</exception>
    public async Task<SessionStatus> ReplaceAsync(SessionToken token, string subject, byte[] ticket)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            await cluster.OutdateClaimsAsync(subject, CancellationToken.None);
            var now = await cluster.CallAsync(
                (grains, ct) => grains.GetSession(token.SessionId)
                    .ValidateAsync(new ValidationRequest { SecretHash = token.SecretHash, IsRenewal = true }, ct).AsTask(),
                CancellationToken.None);
            if (now is not { Status: SessionStatus.Active, Session: { } session })
            {
                return now.Status;
            }

            var renewal = new ClaimsRenewal { SecretHash = token.SecretHash, Ticket = ticket, Revision = session.Revision };
            var result = await cluster.CallAsync(
                (grains, ct) => grains.GetSession(token.SessionId).RenewClaimsAsync(renewal, ct), CancellationToken.None);

            // A request in between may have answered the mark with the claims that it had.
            if (result.Session is not { } renewed || renewed.Ticket.AsSpan().SequenceEqual(ticket))
            {
                return result.Status;
            }
        }

        throw new SessionsUnavailableException("The session's ticket changes faster than it can be replaced.");
    }
}
