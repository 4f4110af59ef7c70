using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

/// <summary>The page of an error. It tells what to do, and nothing of the inside.</summary>
/// <remarks>It binds nothing: a request that could not be read must not be read again for the page that says so.</remarks>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    public string Heading => Refusal?.Title ?? Code switch
    {
        400 => "This form is out of date",
        401 => "You are signed out",
        403 => "This was refused",
        404 => "There is no such page",
        405 => Refusals.WrongMethod.Title,
        413 => Refusals.TooLarge.Title,
        503 => "Back in a moment",
        >= 400 and < 500 => "This request cannot be answered",
        _ => "Something went wrong",
    };

    public string Advice => Refusal?.Advice ?? Code switch
    {
        400 => "Open the page again and repeat what you did. If that does not help, allow cookies for this site.",
        401 => "Your session has ended. Sign in again to go on.",
        403 => "The request came from another site, or is not allowed. Nothing was changed.",
        404 => "The address may be mistyped, or the page is gone.",
        405 => Refusals.WrongMethod.Advice,
        413 => Refusals.TooLarge.Advice,
        503 => "The session service cannot be reached just now. You are still signed in where you were; nothing is lost.",
        >= 400 and < 500 => "It is not made as this service expects it. Go back, and open the page again.",
        _ => "It is not your fault, and it has been noted. Try again in a moment.",
    };

    private Refusal? Refusal => HttpContext.Features.Get<Refusal>();

    // Opened by hand, the page is as real an error as any other.
    public void OnGet()
    {
        Code = int.TryParse(RouteData.Values["code"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= 400 and < 600
            ? code
            : StatusCodes.Status404NotFound;
        Response.StatusCode = Code;
    }
}
