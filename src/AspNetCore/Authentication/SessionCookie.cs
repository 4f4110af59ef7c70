using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace OrleansSessions.AspNetCore;

/// <summary>The session cookie on the wire.</summary>
/// <remarks>
/// Reads the raw header: <see cref="HttpRequest.Cookies"/> matches names without regard to case and lets the last of two
/// win, so that a sub-domain could plant a session through it (CVE-2020-1045 and its kin).
/// </remarks>
internal static class SessionCookie
{
    /// <summary>What a request's <c>Cookie</c> headers hold.</summary>
    internal enum Reading
    {
        /// <summary>No such cookie.</summary>
        Absent,

        /// <summary>Exactly one, in the form of a token.</summary>
        WellFormed,

        /// <summary>One that is not a token, or more than one: anonymous, and not worth a look-up.</summary>
        Malformed,
    }

    /// <summary>Finds the one cookie of exactly this name.</summary>
    public static Reading Read(StringValues headers, string name, out SessionToken token)
    {
        token = default;
        var found = 0;
        ReadOnlySpan<char> value = default;
        foreach (var header in headers)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(range).TrimStart(' ');
                if (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name, StringComparison.Ordinal))
                {
                    found++;
                    value = pair[(name.Length + 1)..];
                }
            }
        }

        return found switch
        {
            0 => Reading.Absent,
            1 when SessionToken.TryParse(value, out token) => Reading.WellFormed,
            _ => Reading.Malformed,
        };
    }

    /// <summary>Hands the browser its token.</summary>
    /// <param name="response">The response.</param>
    /// <param name="name">The cookie's name.</param>
    /// <param name="token">The token.</param>
    /// <param name="lifetime">How long the browser keeps it; null for as long as it runs.</param>
    public static void Write(HttpResponse response, string name, SessionToken token, TimeSpan? lifetime) =>
        response.Cookies.Append(name, token.ToCookieValue(), Attributes(lifetime));

    /// <summary>Takes the token from the browser; the attributes must be those it was set with.</summary>
    public static void Delete(HttpResponse response, string name) =>
        response.Cookies.Append(name, "", Attributes(TimeSpan.Zero));

    private static CookieOptions Attributes(TimeSpan? lifetime) => new()
    {
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = lifetime,
    };
}
