using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Lets a request through only if its user has proved who they are within a given time (ASVS 7.5.1, 7.5.3).</summary>
/// <param name="maxAge">How long ago that may be.</param>
public sealed class RecentSignInRequirement(TimeSpan maxAge) : IAuthorizationRequirement
{
    /// <summary>How long ago the user may have proved who they are.</summary>
    public TimeSpan MaxAge => maxAge;
}

/// <summary>Access to the policy.</summary>
public static class RecentSignInPolicyExtensions
{
    /// <summary>Requires that the user proved who they are no longer than <paramref name="maxAge"/> ago.</summary>
    public static AuthorizationPolicyBuilder RequireRecentSignIn(this AuthorizationPolicyBuilder policy, TimeSpan maxAge) =>
        policy.RequireAuthenticatedUser().AddRequirements(new RecentSignInRequirement(maxAge));
}

/// <summary>Marks a request that was refused for want of a recent proof.</summary>
internal sealed record StaleSignIn(TimeSpan MaxAge);

internal sealed class RecentSignInHandler(TimeProvider time, IHttpContextAccessor contexts) : AuthorizationHandler<RecentSignInRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RecentSignInRequirement requirement)
    {
        var http = context.Resource as HttpContext ?? contexts.HttpContext;
        if (http is null || !http.TryGetSession(out var session))
        {
            return Task.CompletedTask;
        }

        if (time.GetUtcNow() - session.AuthenticatedAt <= requirement.MaxAge)
        {
            context.Succeed(requirement);
        }
        else
        {
            http.Features.Set(new StaleSignIn(requirement.MaxAge));
        }

        return Task.CompletedTask;
    }
}
