using Microsoft.AspNetCore.Mvc;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Pages;

internal sealed class SignInModel(SignInService signIns) : FormPage
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

    public string? Done => HttpContext.Request.Query.ContainsKey("signed-out") ? "You are signed out." : null;

    public string? Notice => Problem is null && Done is null ? EndNotice.For(HttpContext.SessionFeature().EndedBy) : null;

    /// <summary>Leads on those who have signed in meanwhile, in another tab for one.</summary>
    public IActionResult OnGet() =>
        HttpContext.TryGetSession(out _) ? LocalRedirect(WebFrontend.ReturnUrl.OrHome(ReturnUrl)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await signIns.SignInAsync(HttpContext, UserName, Password, IsRemembered, cancellationToken);
        return outcome.Verdict switch
        {
            SignInVerdict.SignedIn => LocalRedirect(WebFrontend.ReturnUrl.OrHome(ReturnUrl)),
            SignInVerdict.Throttled => Throttle(outcome.RetryAfter),
            SignInVerdict.LimitReached => Refuse(Refusals.SessionLimit),
            SignInVerdict.PlainTransport => Refuse(Refusals.PlainTransport),
            _ => Refuse(Refusals.WrongCredentials),
        };
    }
}
