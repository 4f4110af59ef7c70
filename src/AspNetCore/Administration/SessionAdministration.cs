using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <inheritdoc cref="ISessionAdministration"/>
internal sealed class SessionAdministration(ClusterCaller cluster, IServiceProviderIsService services) : ISessionAdministration
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

    public async Task RefreshClaimsAsync(string subject, CancellationToken cancellationToken = default)
    {
        if (!services.IsService(typeof(IClaimsSource)))
        {
            throw new InvalidOperationException($"Register an {nameof(IClaimsSource)}: sessions ask it for the user's claims.");
        }

        await cluster.CallPatientlyAsync(
            async (grains, ct) =>
            {
                await grains.GetUserSessions(subject).OutdateClaimsAsync(ct);
                return true;
            },
            cancellationToken);
    }
}
