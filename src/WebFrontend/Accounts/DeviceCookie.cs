using System.Buffers.Text;
using System.Security.Cryptography;

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
        RawCookie.ReadSingle(request.Headers.Cookie, Name) is { Length: IdLength } id && id.All(IsBase64Url) ? id : null;

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

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
