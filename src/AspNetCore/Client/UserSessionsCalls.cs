namespace OrleansSessions.AspNetCore;

/// <summary>What several parts of the library ask of all of a user's sessions.</summary>
internal static class UserSessionsCalls
{
    /// <summary>Ends all of a user's sessions, or all but one. When this returns, no front end accepts any of them.</summary>
    /// <returns>How many ended.</returns>
    /// <exception cref="SessionsUnavailableException">Some may still be active.</exception>
    public static Task<int> EndAllAsync(this ClusterCaller cluster, string subject, RevokeAllRequest request, CancellationToken cancellationToken) =>
        cluster.CallPatientlyAsync((grains, ct) => grains.GetUserSessions(subject).RevokeAllAsync(request, ct), cancellationToken);

    /// <summary>Has the claims in all of a user's sessions made again, with their next requests.</summary>
    /// <exception cref="SessionsUnavailableException">Some sessions may still have the old claims.</exception>
    public static Task OutdateClaimsAsync(this ClusterCaller cluster, string subject, CancellationToken cancellationToken) =>
        cluster.CallPatientlyAsync((grains, ct) => grains.GetUserSessions(subject).OutdateClaimsAsync(ct), cancellationToken);
}
