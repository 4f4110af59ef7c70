namespace OrleansSessions.WebFrontend;

/// <summary>What this front end refuses before any of its services is asked, in the words of pages and API alike.</summary>
internal static class Refusals
{
    public static Refusal UnknownCharset { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "This text cannot be read", "Send the text as UTF-8.");

    public static Refusal EncodedBody { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "This content cannot be read", "Send the content as it is, without a Content-Encoding.");

    public static Refusal NotAForm { get; } = new(
        StatusCodes.Status415UnsupportedMediaType, "This is not a form", "Pages take forms alone. Programs use the API below /api.");

    public static Refusal BrokenForm { get; } = new(
        StatusCodes.Status400BadRequest, "This form cannot be read", "It arrived incomplete or malformed. Open the page again and repeat what you did.");

    public static Refusal TooLarge { get; } = new(
        StatusCodes.Status413PayloadTooLarge, "That is too much", "The form has more in it than this service takes.");

    public static Refusal WrongMethod { get; } = new(
        StatusCodes.Status405MethodNotAllowed, "This cannot be done here", "The address exists, but not for this kind of request.");

    public static Refusal CrossSite { get; } = new(
        StatusCodes.Status403Forbidden, "This request came from another site, and was refused.", "Nothing was changed. Open the page itself, and repeat what you did.");

    public static Refusal PlainTransport { get; } = new(
        StatusCodes.Status403Forbidden,
        "This needs HTTPS (or localhost)",
        "Your browser uses plain HTTP, over which it keeps no cookie of this site. Open the site by https://, or on this machine by localhost.",
        WebFrontend.PlainTransport.HttpsRequired);

    /// <summary>A form of a user who is no longer the one signed in.</summary>
    public static Refusal OtherUser { get; } = new(
        StatusCodes.Status409Conflict, "Someone else is signed in now", "This form was made for another user, so nothing was changed. Open the page again.");

    public static Refusal StaleForm { get; } = new(
        StatusCodes.Status400BadRequest, "This form was open for too long.", "Send it once more. If that does not help, allow cookies for this site.");

    public static Refusal Throttled { get; } = new(
        StatusCodes.Status429TooManyRequests, "Too many attempts. Try again later.", "Wait a few minutes first.");

    public static Refusal WrongCredentials { get; } = new(StatusCodes.Status401Unauthorized, "Wrong user name or password.", "");

    public static Refusal WrongPassword { get; } = new(StatusCodes.Status401Unauthorized, "Wrong password.", "");

    public static Refusal WrongCurrentPassword { get; } = new(StatusCodes.Status401Unauthorized, "The current password is wrong.", "");

    public static Refusal NotSignedIn { get; } = new(StatusCodes.Status401Unauthorized, "Not signed in.", "");

    public static Refusal SessionLimit { get; } = new(
        StatusCodes.Status409Conflict, "You are signed in on as many devices as is allowed.", "Sign out on one of them first.");

    public static Refusal NameTaken { get; } = new(StatusCodes.Status409Conflict, "This user name is taken.", "");

    public static Refusal RegistrationClosed { get; } = new(StatusCodes.Status403Forbidden, "Accounts are not opened here.", "");
}
