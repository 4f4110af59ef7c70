using System.Security.Claims;

namespace OrleansSessions.AspNetCore;

/// <summary>Reads the present claims of a watched session, without using it.</summary>
internal sealed class WatchedClaims(LeaseCache leases, ClaimsRenewer renewer)
{
    /// <returns>Null where the session is over.</returns>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task<ClaimsPrincipal?> ReadAsync(SessionToken token)
    {
        var answer = await leases.RenewAsync(token);
        if (answer is { IsActive: true, Session.AreClaimsOutdated: true })
        {
            answer = await renewer.RenewAsync(token, answer, CancellationToken.None);
        }

        return answer.IsActive ? TicketSeal.Open(token, answer.Session.Ticket).Principal : null;
    }
}
