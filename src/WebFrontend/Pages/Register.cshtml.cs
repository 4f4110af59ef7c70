using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

internal sealed class RegisterModel(RegistrationService registrations, SignInService signIns) : PageModel
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Problem { get; private set; }

    public string? NameFault { get; private set; }

    public string? PasswordFault { get; private set; }

    public bool IsEnabled => registrations.IsEnabled;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var outcome = await registrations.RegisterAsync(
            UserName, Password, HttpContext.Connection.RemoteIpAddress, cancellationToken);
        if (outcome.Verdict == RegistrationVerdict.Registered)
        {
            // Whoever has just chosen a password need not type it again.
            var signIn = await signIns.SignInAsync(HttpContext, UserName, Password, rememberMe: false, cancellationToken);
            return LocalRedirect(signIn.Verdict == SignInVerdict.SignedIn ? "/" : "/sign-in");
        }

        (NameFault, PasswordFault) = (outcome.NameFault, outcome.PasswordFault);
        Response.StatusCode = Refuse(outcome);
        return Page();
    }

    private int Refuse(RegistrationOutcome outcome)
    {
        switch (outcome.Verdict)
        {
            case RegistrationVerdict.NameTaken:
                NameFault = Problem = "This user name is taken.";
                return StatusCodes.Status409Conflict;
            case RegistrationVerdict.Throttled:
                HttpContext.TellRetryAfter(outcome.RetryAfter);
                Problem = "Too many accounts were opened from your network. Try again later.";
                return StatusCodes.Status429TooManyRequests;
            case RegistrationVerdict.Disabled:
                return StatusCodes.Status403Forbidden;
            default:
                Problem = outcome.NameFault ?? outcome.PasswordFault;
                return StatusCodes.Status400BadRequest;
        }
    }
}
