using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace OrleansSessions.AspNetCore;

/// <summary>Has a user's sessions follow what becomes of the user.</summary>
internal sealed class IdentitySessions(ClusterCaller cluster, SessionEnder ender, IHttpContextAccessor http)
{
    /// <summary>Ends the sessions of an earlier stamp. The one in which it was changed has until the end of its request to be refreshed.</summary>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task FollowStampAsync(string subject, string stamp) => EndAllAsync(new RevokeAllRequest(
        RevocationReason.PasswordChanged, SpareOwn(subject)?.SessionId, StampHash.Of(subject, stamp)), subject);

    /// <summary>Like <see cref="FollowStampAsync"/>, outside of any session.</summary>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task AdoptStampAsync(string subject, string stamp) =>
        EndAllAsync(new RevokeAllRequest(RevocationReason.PasswordChanged, SecurityStamp: StampHash.Of(subject, stamp)), subject);

    /// <summary>Ends all sessions of an account that is locked or gone.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="why">Why, for events and logs.</param>
    /// <param name="isGone">Whether sign-ins under way are to be refused as well.</param>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public Task CloseAsync(string subject, string why, bool isGone)
    {
        var stamp = isGone ? StampHash.Of(subject, Convert.ToHexString(RandomNumberGenerator.GetBytes(20))) : null;
        return EndAllAsync(new RevokeAllRequest(RevocationReason.RevokedByAdmin, SecurityStamp: stamp) { ReasonText = why }, subject);
    }

    /// <summary>Has the claims in all of the user's sessions made again, with their next requests.</summary>
    /// <exception cref="SessionsUnavailableException">Some sessions may still have the old claims.</exception>
    public Task RefreshClaimsAsync(string subject) => cluster.CallPatientlyAsync(
        async (grains, ct) =>
        {
            await grains.GetUserSessions(subject).OutdateClaimsAsync(ct);
            return true;
        },
        CancellationToken.None);

    private Task<int> EndAllAsync(RevokeAllRequest request, string subject) => cluster.CallPatientlyAsync(
        (grains, ct) => grains.GetUserSessions(subject).RevokeAllAsync(request, ct), CancellationToken.None);

    private SessionToken? SpareOwn(string subject)
    {
        if (http.HttpContext is not { } context
            || context.SessionFeature(IdentityConstants.ApplicationScheme) is not { Session.Subject: { } own, Token: { } token }
            || own != subject)
        {
            return null;
        }

        SparedSession.Spare(context, token, ender);
        return token;
    }
}
