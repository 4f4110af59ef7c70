using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions.AspNetCore;

/// <inheritdoc cref="ISessionAdministration"/>
internal sealed class SessionAdministration(ClusterCaller cluster, IServiceProviderIsService services) : ISessionAdministration
{
    public Task<ImmutableArray<SessionDescription>> ListAsync(string subject, CancellationToken cancellationToken = default) =>
        cluster.CallAsync((grains, ct) => grains.GetUserSessions(subject).ListAsync(ct), cancellationToken);

    public Task<bool> RevokeAsync(
        string subject,
        string? sessionId,
        RevocationReason reason = RevocationReason.RevokedByAdmin,
        string? reasonText = null,
        CancellationToken cancellationToken = default)
    {
        ReasonText.ThrowIfUnfit(reasonText);
        if (!SessionToken.IsSessionId(sessionId))
        {
            return Task.FromResult(false);
        }

        // Without a text, the call is one that silos of earlier releases know as well.
        var request = new RevokeOneRequest(sessionId, reason, reasonText);
        return cluster.CallPatientlyAsync(
            (grains, ct) => reasonText is null
                ? grains.GetUserSessions(subject).RevokeAsync(sessionId, reason, ct)
                : grains.GetUserSessions(subject).RevokeAsync(request, ct),
            cancellationToken);
    }

    public Task<int> RevokeAllAsync(
        string subject,
        RevocationReason reason = RevocationReason.RevokedByAdmin,
        string? except = null,
        string? reasonText = null,
        CancellationToken cancellationToken = default)
    {
        ReasonText.ThrowIfUnfit(reasonText);
        var request = new RevokeAllRequest(reason, except) { ReasonText = reasonText };
        return cluster.EndAllAsync(subject, request, cancellationToken);
    }

    public Task SetSecurityStampAsync(string subject, string stamp, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(stamp);
        return cluster.CallPatientlyAsync((grains, ct) => grains.GetUserSessions(subject).SetStampAsync(stamp, ct), cancellationToken);
    }

    public async Task RefreshClaimsAsync(string subject, CancellationToken cancellationToken = default)
    {
        if (!services.IsService(typeof(IClaimsSource)))
        {
            throw new InvalidOperationException($"Register an {nameof(IClaimsSource)}: sessions ask it for the user's claims.");
        }

        await cluster.OutdateClaimsAsync(subject, cancellationToken);
    }
}
