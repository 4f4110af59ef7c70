using Microsoft.AspNetCore.Http.Features;

namespace OrleansSessions.WebFrontend;

/// <summary>Keeps a form that one user opened from acting for another, who has signed in meanwhile in another tab.</summary>
internal sealed class FormOwnerMiddleware(RequestDelegate next)
{
    /// <summary>The hidden field that names the user for whom a form was made.</summary>
    public const string Field = "for-user";

    public Task InvokeAsync(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.User.Identity is { IsAuthenticated: true } user
        && context.Features.Get<IFormFeature>()?.Form?[Field] is [{ Length: > 0 } owner] && owner != user.Name
            ? context.RefuseAsync(Refusals.OtherUser)
            : next(context);
}
