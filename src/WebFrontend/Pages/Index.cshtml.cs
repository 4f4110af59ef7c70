using Microsoft.AspNetCore.Mvc.RazorPages;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Pages;

internal sealed class IndexModel : PageModel
{
    public SessionInfo? Session => HttpContext.SessionFeature().Session;

    public string? Notice => EndNotice.For(HttpContext.SessionFeature().EndedBy);
}
