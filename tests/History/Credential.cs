using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions.History;

/// <summary>What a client holds after a sign-in, with a label in the place of the secret: histories are printed.</summary>
public sealed record Credential(string Subject, string SessionId, string Secret)
{
    private const int SessionIdLength = 24;
    private const int LabelLength = 8;

    /// <summary>The credential of a session cookie's value.</summary>
    public static Credential FromToken(string subject, string token) =>
        new(subject, token[..SessionIdLength], LabelOf(token[SessionIdLength..]));

    /// <summary>A label that tells secrets apart and gives none away.</summary>
    public static string LabelOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..LabelLength];
}
