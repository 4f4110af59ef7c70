using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

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
            http.Features.Set(StaleSignIn.Instance);
        }

        return Task.CompletedTask;
    }
}
