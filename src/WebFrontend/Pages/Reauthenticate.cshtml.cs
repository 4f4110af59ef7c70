using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

[Authorize]
internal sealed class ReauthenticateModel(ReauthenticationService users) : PageModel
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await users.ReauthenticateAsync(HttpContext, Password, cancellationToken);
        switch (outcome.Verdict)
        {
            case ReauthenticationVerdict.Confirmed:
                return LocalRedirect(WebFrontend.ReturnUrl.OrHome(ReturnUrl));
            case ReauthenticationVerdict.Throttled:
                HttpContext.TellRetryAfter(outcome.RetryAfter);
                return Refuse(StatusCodes.Status429TooManyRequests, "Too many attempts. Wait a few minutes, then try again.");
            case ReauthenticationVerdict.SignedOut:
                return LocalRedirect("/sign-in");
            default:
                return Refuse(StatusCodes.Status401Unauthorized, "Wrong password.");
        }
    }

    private PageResult Refuse(int status, string problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
