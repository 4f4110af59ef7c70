using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace OrleansSessions.WebFrontend;

/// <summary>The cookie that tells a device on which a user signed in before, so that an attacker's guesses do not lock it out.</summary>
/// <remarks>It lets nobody in: it only lets a password be tried.</remarks>
internal static class DeviceCookie
{
    public const string Name = "__Host-device";

    private const int IdBytes = 16;

    // 16 bytes in base64url, without padding.
    private const int IdLength = 22;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary>The ID of the device, where it has one.</summary>
    public static string? Read(HttpRequest request) =>
        ReadSingle(request.Headers.Cookie) is { Length: IdLength } id && id.All(IsBase64Url) ? id : null;

    /// <summary>Makes the ID of a new device.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Lets the browser keep the ID, for a year from now.</summary>
    public static void Write(HttpResponse response, string id) => response.Cookies.Append(Name, id, new CookieOptions
    {
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = Lifetime,
    });

    /// <summary>Reads the raw header: exactly this name, exactly once.</summary>
    private static string? ReadSingle(StringValues headers)
    {
        string? found = null;
        foreach (var pair in headers.SelectMany(static header => (header ?? "").Split(';')).Select(static pair => pair.TrimStart(' ')))
        {
            if (pair.Length > Name.Length && pair[Name.Length] == '=' && pair.StartsWith(Name, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = pair[(Name.Length + 1)..];
            }
        }

        return found;
    }

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
