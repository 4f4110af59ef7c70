using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Leads a form whose session has ended meanwhile to the sign-in and back to its page, as it does those who open that page.</summary>
internal sealed class FormChallengeHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _standard = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var request = context.Request;
        if (!authorizeResult.Challenged || context.SessionFeature().IsUnknown || !HttpMethods.IsPost(request.Method)
            || context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is null)
        {
            return _standard.HandleAsync(next, context, policy, authorizeResult);
        }

        context.Response.Redirect($"{request.PathBase}/sign-in?returnUrl={Uri.EscapeDataString(request.PathBase + request.Path)}");
        return Task.CompletedTask;
    }
}
