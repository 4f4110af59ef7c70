using Microsoft.AspNetCore.Mvc;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Pages;

/// <summary>Signs out by POST alone: a link or an image on another page must not (ASVS 7.6.2).</summary>
internal sealed class SignOutModel(OwnSessions sessions) : FormPage
{
    public async Task<IActionResult> OnPostAsync()
    {
        await sessions.SignOutAsync(HttpContext);
        return LocalRedirect("/sign-in?signed-out");
    }

    // Signing out must not fail for want of a token: where no session is left there is nothing to protect, and a browser that
    // says where the form comes from needs none.
    protected override async Task<bool> IsFromOurPageAsync() =>
        !HttpContext.TryGetSession(out _)
        || HttpContext.Features.Get<StatedOrigin>()?.Origin == RequestOrigin.Own
        || await base.IsFromOurPageAsync();
}
