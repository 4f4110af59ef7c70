using Microsoft.AspNetCore.Authorization;

namespace OrleansSessions.AspNetCore;

/// <summary>Access to the policy.</summary>
public static class RecentSignInPolicyExtensions
{
    /// <summary>Requires that the user proved who they are no longer than <paramref name="maxAge"/> ago.</summary>
    public static AuthorizationPolicyBuilder RequireRecentSignIn(this AuthorizationPolicyBuilder policy, TimeSpan maxAge) =>
        policy.RequireAuthenticatedUser().AddRequirements(new RecentSignInRequirement(maxAge));
}
