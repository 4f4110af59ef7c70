using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Pages;

internal sealed class SignInModel(SignInService signIns) : PageModel
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    // Whatever a ticked box sends: "true" here, "on" or "1" from a plain form. One that is not ticked sends nothing.
    public bool IsRemembered => RememberMe is { Length: > 0 } and not ("false" or "0" or "off");

    public string? Problem { get; private set; }

    public string? Done => HttpContext.Request.Query.ContainsKey("signed-out") ? "You are signed out." : null;

    public string? Notice => Problem is null && Done is null ? EndNotice.For(HttpContext.SessionFeature().EndedBy) : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await signIns.SignInAsync(HttpContext, UserName, Password, IsRemembered, cancellationToken);
        switch (outcome.Verdict)
        {
            case SignInVerdict.SignedIn:
                return LocalRedirect(WebFrontend.ReturnUrl.OrHome(ReturnUrl));
            case SignInVerdict.Throttled:
                HttpContext.TellRetryAfter(outcome.RetryAfter);
                return Refuse(StatusCodes.Status429TooManyRequests, "Too many attempts. Wait a few minutes, then try again.");
            case SignInVerdict.LimitReached:
                return Refuse(
                    StatusCodes.Status409Conflict,
                    "You are signed in on as many devices as is allowed. Sign out on one of them first.");
            default:
                return Refuse(StatusCodes.Status401Unauthorized, "Wrong user name or password.");
        }
    }

    private PageResult Refuse(int status, string problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
