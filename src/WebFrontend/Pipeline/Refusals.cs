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
}
