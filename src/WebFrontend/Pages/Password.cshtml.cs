using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace OrleansSessions.WebFrontend.Pages;

[Authorize(RecentSignInPolicy.Name)]
internal sealed class PasswordModel(PasswordChangeService passwords) : FormPage
{
    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? NewPassword { get; set; }

    public string? Fault { get; private set; }

    public string? Done => HttpContext.Request.Query.ContainsKey("changed")
        ? "Your password is changed, and your other sessions have ended."
        : null;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await passwords.ChangeAsync(HttpContext, CurrentPassword, NewPassword, cancellationToken);
        Fault = outcome.Fault;
        return outcome.Verdict switch
        {
            PasswordChangeVerdict.Changed => LocalRedirect("/password?changed"),
            PasswordChangeVerdict.Invalid => Refuse(StatusCodes.Status400BadRequest, outcome.Fault),
            PasswordChangeVerdict.Throttled => Throttle(outcome.RetryAfter),
            _ => Refuse(Refusals.WrongCurrentPassword),
        };
    }
}
