using System.Net;
using System.Text;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A mistake that a client makes with a body, and the status that tells it so.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="ContentType">The raw header; null for none.</param>
/// <param name="Body">The body.</param>
/// <param name="Status">The answer.</param>
internal sealed record Mistake(string Name, string? ContentType, byte[] Body, HttpStatusCode Status)
{
    private const string Json = """{"userName":"someone","password":"secret","currentPassword":"a","newPassword":"b"}""";
    private const string Form = "UserName=someone&Password=secret";

    /// <summary>Made to an endpoint of the API.</summary>
    public static IReadOnlyDictionary<string, Mistake> OfPrograms { get; } = ByName(
        new("an unknown charset", "application/json; charset=foo", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("a charset that is not UTF-8", "application/json; charset=windows-1252", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("UTF-16", "application/json; charset=utf-16", Encoding.Unicode.GetBytes(Json), HttpStatusCode.UnsupportedMediaType),
        new("an empty charset", "application/json; charset=", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("an empty charset in quotes", "application/json; charset=\"\"", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("no content type", null, Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("half a content type", "application", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("a malformed content type", ";;;", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("a form", "application/x-www-form-urlencoded", Text(Form), HttpStatusCode.UnsupportedMediaType),
        new("an empty body", "application/json", [], HttpStatusCode.BadRequest),
        new("null", "application/json", Text("null"), HttpStatusCode.BadRequest),
        new("a list", "application/json", Text("[]"), HttpStatusCode.BadRequest),
        new("half an object", "application/json", Text(Json[..20]), HttpStatusCode.BadRequest),
        new("broken UTF-8", "application/json", Encoding.Latin1.GetBytes("""{"userName":"ü","password":"ü","currentPassword":"ü"}"""), HttpStatusCode.BadRequest),
        new("half a surrogate pair", "application/json", Text("{\"userName\":\"\\ud800\",\"password\":\"\\ud800\",\"currentPassword\":\"\\ud800\"}"), HttpStatusCode.BadRequest),
        new("a number for a text", "application/json", Text("""{"userName":1,"password":2,"currentPassword":3}"""), HttpStatusCode.BadRequest),
        new("a deep nest", "application/json", Text(new string('[', 2_000)), HttpStatusCode.BadRequest),
        new("too much", "application/json", Text($$"""{"password":"{{new string('x', 40_000)}}"}"""), HttpStatusCode.RequestEntityTooLarge));

    /// <summary>Made to a form of a page.</summary>
    public static IReadOnlyDictionary<string, Mistake> OfBrowsers { get; } = ByName(
        new("an unknown charset", "application/x-www-form-urlencoded; charset=foo", Text(Form), HttpStatusCode.UnsupportedMediaType),
        new("a charset that is not UTF-8", "application/x-www-form-urlencoded; charset=iso-8859-1", Text(Form), HttpStatusCode.UnsupportedMediaType),
        new("JSON", "application/json", Text(Json), HttpStatusCode.UnsupportedMediaType),
        new("no content type", null, Text(Form), HttpStatusCode.UnsupportedMediaType),
        new("a malformed content type", ";;;", Text(Form), HttpStatusCode.UnsupportedMediaType),
        new("no token", "application/x-www-form-urlencoded", Text(Form), HttpStatusCode.BadRequest),
        new("an empty body", "application/x-www-form-urlencoded", [], HttpStatusCode.BadRequest),
        new("a null character", "application/x-www-form-urlencoded", Text("UserName=%00&Password=%00"), HttpStatusCode.BadRequest),
        new("broken percent signs", "application/x-www-form-urlencoded", Text("UserName=%&Password=%zz&%fc=%fc"), HttpStatusCode.BadRequest),
        new("2,000 fields", "application/x-www-form-urlencoded", Text(string.Join('&', Enumerable.Range(0, 2_000).Select(static i => $"f{i}=1"))), HttpStatusCode.BadRequest),
        new("multipart cut short", "multipart/form-data; boundary=b", Text("--b\r\nContent-Disposition: form-data; name=\"UserName\"\r\n\r\nabc"), HttpStatusCode.BadRequest),
        new("multipart without a boundary", "multipart/form-data", Text("--b--\r\n"), HttpStatusCode.BadRequest),
        new("multipart without a name", "multipart/form-data; boundary=b", Text("--b\r\n\r\nabc\r\n--b--\r\n"), HttpStatusCode.BadRequest),
        new("40,000 characters of password", "application/x-www-form-urlencoded", Text("UserName=x&Password=" + new string('a', 40_000)), HttpStatusCode.RequestEntityTooLarge),
        new("too much of multipart", "multipart/form-data; boundary=b", Text("--b\r\nContent-Disposition: form-data; name=\"Password\"\r\n\r\n" + new string('a', 40_000) + "\r\n--b--\r\n"), HttpStatusCode.RequestEntityTooLarge));

    public HttpRequestMessage To(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Body) };
        if (ContentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        return request;
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static Dictionary<string, Mistake> ByName(params IEnumerable<Mistake> mistakes) =>
        mistakes.ToDictionary(static one => one.Name, StringComparer.Ordinal);
}
