using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

/// <summary>Signs out by POST alone: a link or an image on another page must not (ASVS 7.6.2).</summary>
internal sealed class SignOutModel(OwnSessions sessions) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await sessions.SignOutAsync(HttpContext);
        return LocalRedirect("/sign-in?signed-out");
    }
}
