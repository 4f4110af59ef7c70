using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

[Authorize(RecentSignInPolicy.Name)]
internal sealed class PasswordModel(PasswordChangeService passwords) : PageModel
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    public string? Problem { get; private set; }

    public string? Fault { get; private set; }

    public string? Done => HttpContext.Request.Query.ContainsKey("changed")
        ? "Your password is changed, and your other sessions have ended."
        : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await passwords.ChangeAsync(HttpContext, CurrentPassword, NewPassword, cancellationToken);
        switch (outcome.Verdict)
        {
            case PasswordChangeVerdict.Changed:
                return LocalRedirect("/password?changed");
            case PasswordChangeVerdict.Invalid:
                Fault = outcome.Fault;
                return Refuse(StatusCodes.Status400BadRequest, outcome.Fault);
            case PasswordChangeVerdict.Throttled:
                HttpContext.TellRetryAfter(outcome.RetryAfter);
                return Refuse(StatusCodes.Status429TooManyRequests, "Too many attempts. Wait a few minutes, then try again.");
            default:
                return Refuse(StatusCodes.Status401Unauthorized, "The current password is wrong.");
        }
    }

    private PageResult Refuse(int status, string? problem)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }
}
