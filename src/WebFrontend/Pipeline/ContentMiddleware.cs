using Microsoft.Net.Http.Headers;

namespace OrleansSessions.WebFrontend;

/// <summary>Settles in which form a body may come, ahead of everything that reads one.</summary>
/// <remarks>
/// UTF-8 under any usual spelling is read as such. Left to the readers, an unknown charset is an exception to the JSON
/// reader, and silently another text to the form reader.
/// </remarks>
internal sealed class ContentMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.HasBody())
        {
            return next(context);
        }

        var headers = context.Request.Headers;
        if (headers.ContentEncoding.Count > 0 && headers.ContentEncoding is not [("" or "identity")])
        {
            return context.RefuseAsync(Refusals.EncodedBody);
        }

        // What does not parse is neither a form nor JSON to any reader, and ends in a 415 of theirs.
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue)
        {
            if (!IsUtf8(type.Charset.Value))
            {
                return context.RefuseAsync(Refusals.UnknownCharset);
            }

            type.Charset = "utf-8";
            context.Request.ContentType = type.ToString();
        }

        return next(context);
    }

    private static bool IsUtf8(string charset) =>
        charset.Trim('"', '\'', ' ').ToUpperInvariant() is "UTF-8" or "UTF8" or "UTF_8" or "US-ASCII" or "ASCII";
}
