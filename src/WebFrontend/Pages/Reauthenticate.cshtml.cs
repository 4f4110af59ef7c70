using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace OrleansSessions.WebFrontend.Pages;

[Authorize]
internal sealed class ReauthenticateModel(ReauthenticationService users) : FormPage
{
    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await users.ReauthenticateAsync(HttpContext, Password, cancellationToken);
        return outcome.Verdict switch
        {
            ReauthenticationVerdict.Confirmed => LocalRedirect(WebFrontend.ReturnUrl.OrHome(ReturnUrl)),
            ReauthenticationVerdict.Throttled => Throttle(outcome.RetryAfter),
            ReauthenticationVerdict.SignedOut => LocalRedirect("/sign-in"),
            _ => Refuse(Refusals.WrongPassword),
        };
    }
}
