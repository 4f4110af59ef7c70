using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace OrleansSessions.WebFrontend;

/// <summary>Where to go after signing in: a place on this site, or home (CWE-601).</summary>
/// <remarks>
/// ASP.NET Core's <c>IsLocalUrl</c> takes <c>/%5cevil</c> and <c>/%2f%2fevil</c> for local, which go elsewhere as soon as
/// anything on the way decodes once more. So what is left of the path after any number of decodings is checked as well.
/// </remarks>
internal static class ReturnUrl
{
    public const string Home = "/";

    private const int MaxLength = 2048;
    private const int MaxDecodings = 4;

    private static readonly SearchValues<char> Printable =
        SearchValues.Create(Enumerable.Range('!', '~' - '!' + 1).Select(static c => (char)c).ToArray());

    private static readonly Uri AnyOrigin = new("https://origin.invalid");

    /// <summary>The URL, where it is safe to follow; home, where it is not.</summary>
    public static string OrHome(string? url) => IsLocal(url) ? url : Home;

    /// <summary>Whether a URL leads to this site, however often it is decoded.</summary>
    public static bool IsLocal([NotNullWhen(true)] string? url) =>
        url is ['/', ..] and { Length: <= MaxLength }
        && !url.AsSpan().ContainsAnyExcept(Printable)
        && !url.Contains('\\', StringComparison.Ordinal)
        && StaysLocalWhenDecoded(PathOf(url))
        && Uri.TryCreate(AnyOrigin, url, out var resolved)
        && resolved.Authority == AnyOrigin.Authority;

    private static string PathOf(string url) => url.IndexOfAny(['?', '#']) is >= 0 and var end ? url[..end] : url;

    private static bool StaysLocalWhenDecoded(string path)
    {
        var slashes = path.Count(static c => c == '/');
        for (var i = 0; i < MaxDecodings; i++)
        {
            if (path.Contains("//", StringComparison.Ordinal) || path.Any(static c => c == '\\' || char.IsControl(c))
                || path.Count(static c => c == '/') != slashes)
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
            {
                return true;
            }

            path = decoded;
        }

        return false;
    }
}
