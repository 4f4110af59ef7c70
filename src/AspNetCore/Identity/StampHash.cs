using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions.AspNetCore;

/// <summary>A security stamp as the cluster holds it.</summary>
/// <remarks>
/// Identity derives one-time codes from the stamp itself (RFC 6238), so the store must not have it. It has 160 random bits, which no
/// one guesses from a hash.
/// </remarks>
internal static class StampHash
{
    public static string Of(string subject, string stamp) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(stamp), Encoding.UTF8.GetBytes("OrleansSessions security stamp " + subject)));
}
