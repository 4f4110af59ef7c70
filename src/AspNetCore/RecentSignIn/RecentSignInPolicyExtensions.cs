using Microsoft.AspNetCore.Authorization;

namespace OrleansSessions.AspNetCore;

/// <summary>Access to the policy.</summary>
public static class RecentSignInPolicyExtensions
{
    /// <summary>Requires that the user proved who they are no longer than <paramref name="maxAge"/> ago.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="maxAge">How long ago that may be.</param>
    /// <param name="scheme">The scheme of the session that it is asked of; null for all sessions that make up the request's user.</param>
    public static AuthorizationPolicyBuilder RequireRecentSignIn(
        this AuthorizationPolicyBuilder policy, TimeSpan maxAge, string? scheme = null) =>
        policy.RequireAuthenticatedUser().AddRequirements(new RecentSignInRequirement(maxAge, scheme));
}
