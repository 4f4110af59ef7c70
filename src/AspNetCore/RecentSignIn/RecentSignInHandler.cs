using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

internal sealed class RecentSignInHandler(IHttpContextAccessor contexts) : AuthorizationHandler<RecentSignInRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RecentSignInRequirement requirement)
    {
        var http = context.Resource as HttpContext ?? contexts.HttpContext;
        if (http is null || http.AuthenticationAge(requirement.Scheme) is not { } age)
        {
            return Task.CompletedTask;
        }

        if (age <= requirement.MaxAge)
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
