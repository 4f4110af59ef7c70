using System.Collections.Immutable;
using System.Security.Claims;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <inheritdoc cref="ISessionAdministration"/>
internal sealed class SessionAdministration(ClusterCaller cluster, SessionTicketCodec tickets) : ISessionAdministration
{
    public Task<ImmutableArray<SessionDescription>> ListAsync(string subject, CancellationToken cancellationToken = default) =>
        cluster.CallAsync((grains, ct) => grains.GetUserSessions(subject).ListAsync(ct), cancellationToken);

    public async Task<bool> RevokeAsync(
        string subject,
        string? sessionId,
        RevocationReason reason = RevocationReason.RevokedByAdmin,
        CancellationToken cancellationToken = default) =>
        SessionToken.IsSessionId(sessionId) && await cluster.CallPatientlyAsync(
            (grains, ct) => grains.GetUserSessions(subject).RevokeAsync(sessionId, reason, ct), cancellationToken);

    public Task<int> RevokeAllAsync(
        string subject,
        RevocationReason reason = RevocationReason.RevokedByAdmin,
        string? except = null,
        CancellationToken cancellationToken = default)
    {
        var request = new RevokeAllRequest(reason, except);
        return cluster.CallPatientlyAsync(
            (grains, ct) => grains.GetUserSessions(subject).RevokeAllAsync(request, ct), cancellationToken);
    }

    public async Task UpdateClaimsAsync(
        string subject, Func<ClaimsPrincipal, ClaimsPrincipal> change, CancellationToken cancellationToken = default)
    {
        var sessions = await ListAsync(subject, cancellationToken);
        await Task.WhenAll(sessions.Select(session => UpdateAsync(session.SessionId, change, cancellationToken)));
    }

    private async Task UpdateAsync(string sessionId, Func<ClaimsPrincipal, ClaimsPrincipal> change, CancellationToken cancellationToken)
    {
        var status = TicketReplacementStatus.Outdated;
        while (status == TicketReplacementStatus.Outdated)
        {
            var session = await cluster.CallAsync(
                (grains, ct) => grains.GetSession(sessionId).InspectAsync(ct).AsTask(), cancellationToken);
            if (session is null)
            {
                return;
            }

            var principal = change(tickets.Unprotect(sessionId, session.Ticket));
            var replacement = new TicketReplacement(tickets.Protect(sessionId, principal), session.Revision);
            status = await cluster.CallPatientlyAsync(
                (grains, ct) => grains.GetSession(sessionId).ReplaceTicketAsync(replacement, ct), cancellationToken);
        }
    }
}
