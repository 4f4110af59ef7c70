using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OrleansSessions.WebFrontend.Pages;

/// <summary>The page of an error. It tells what to do, and nothing of the inside.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    public string Heading => Code switch
    {
        400 => "This form is out of date",
        401 => "You are signed out",
        403 => "This was refused",
        404 => "There is no such page",
        413 => "That is too much",
        503 => "Back in a moment",
        _ => "Something went wrong",
    };

    public string Advice => Code switch
    {
        400 => "Open the page again and repeat what you did. If that does not help, allow cookies for this site.",
        401 => "Your session has ended. Sign in again to go on.",
        403 => "The request came from another site, or is not allowed. Nothing was changed.",
        404 => "The address may be mistyped, or the page is gone.",
        413 => "The form has more in it than this service takes.",
        503 => "The session service cannot be reached just now. You are still signed in where you were; nothing is lost.",
        _ => "It is not your fault, and it has been noted. Try again in a moment.",
    };

    public void OnGet(int code) => Show(code);

    public void OnPost(int code) => Show(code);

    // Opened by hand, the page is as real an error as any other.
    private void Show(int code)
    {
        Code = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        Response.StatusCode = Code;
    }
}
