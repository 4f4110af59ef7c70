using Microsoft.AspNetCore.Mvc;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Pages;

internal sealed class RegisterModel(RegistrationService registrations, SignInService signIns) : FormPage
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The same for all sendings of one form: a second click opens no second account, and finds its own.</summary>
    [BindProperty]
    public string? Form { get; set; }

    public string? NameFault { get; private set; }

    public string? PasswordFault { get; private set; }

    public bool IsEnabled => registrations.IsEnabled;

    public IActionResult OnGet() => HttpContext.TryGetSession(out _) ? LocalRedirect("/") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await registrations.RegisterAsync(
            UserName, Password, HttpContext.Connection.RemoteIpAddress, Form, cancellationToken);
        (NameFault, PasswordFault) = (outcome.NameFault, outcome.PasswordFault);
        switch (outcome.Verdict)
        {
            case RegistrationVerdict.Registered:
                // Whoever has just chosen a password need not type it again.
                var signIn = await signIns.SignInAsync(HttpContext, UserName, Password, rememberMe: false, cancellationToken);
                return LocalRedirect(signIn.Verdict == SignInVerdict.SignedIn ? "/" : "/sign-in");
            case RegistrationVerdict.NameTaken:
                NameFault = Refusals.NameTaken.Title;
                return Refuse(Refusals.NameTaken);
            case RegistrationVerdict.Throttled:
                HttpContext.TellRetryAfter(outcome.RetryAfter);
                return Refuse(StatusCodes.Status429TooManyRequests, "Too many accounts were opened from your network. Try again later.");
            case RegistrationVerdict.Disabled:
                return Refuse(Refusals.RegistrationClosed);
            default:
                return Refuse(StatusCodes.Status400BadRequest, outcome.NameFault ?? outcome.PasswordFault);
        }
    }
}
