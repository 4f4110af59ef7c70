using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions;

/// <summary>What a signed-in browser holds: the public ID of its session, and the secret that proves it.</summary>
/// <remarks>
/// 48 random bytes in base64url, 64 characters. The first 24 are the session ID (144 bits): a grain key, found in logs,
/// store keys and device lists, and worth nothing to a thief. The last 40 are the secret (240 bits; ASVS 7.2.3 asks for
/// 128). 48 bytes fill 64 characters exactly, so a token has one spelling only.
/// </remarks>
public readonly struct SessionToken
{
    /// <summary>The length of a token, in characters.</summary>
    public const int Length = SessionIdLength + SecretLength;

    /// <summary>The length of a session ID, in characters.</summary>
    public const int SessionIdLength = 24;

    /// <summary>The length of the key that seals the session's contents, in bytes.</summary>
    internal const int SealingKeySize = 32;

    private const int SecretLength = 40;
    private const int ByteLength = 48;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static ReadOnlySpan<byte> SealingLabel => "OrleansSessions sealed ticket"u8;

    private readonly string _value;

    private SessionToken(string value)
    {
        _value = value;
        SecretHash = SecretHash.Of(value.AsSpan(SessionIdLength));
    }

    /// <summary>The public, unique ID of the session: its grain key.</summary>
    public string SessionId => _value[..SessionIdLength];

    /// <summary>The session ID without a string of its own, for look-ups.</summary>
    internal ReadOnlySpan<char> SessionIdSpan => _value.AsSpan(0, SessionIdLength);

    /// <summary>The hash of the secret: the only form in which it leaves the front end.</summary>
    public SecretHash SecretHash { get; }

    /// <summary>Makes the token of a new session from the system's cryptographic generator.</summary>
    public static SessionToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ByteLength)));

    /// <summary>Makes the token that replaces this one: the same session, a new secret.</summary>
    public SessionToken Rotate() => new(string.Concat(_value.AsSpan(0, SessionIdLength), Create()._value.AsSpan(SessionIdLength)));

    /// <summary>Reads a token exactly as it was issued: no padding, no white space, no percent-encoding.</summary>
    /// <returns>Whether <paramref name="text"/> has the form of a token; it says nothing of a session behind it.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out SessionToken token)
    {
        if (text.Length != Length || text.ContainsAnyExcept(Alphabet))
        {
            token = default;
            return false;
        }

        token = new SessionToken(text.ToString());
        return true;
    }

    /// <summary>Derives the key that seals the session's contents (HKDF-SHA-256, RFC 5869; the session ID is the salt).</summary>
    /// <remarks>Neither <see cref="SecretHash"/> nor the key gives the other: the hash is stored, the key never is.</remarks>
    internal void DeriveSealingKey(Span<byte> key)
    {
        Span<byte> secret = stackalloc byte[SecretLength];
        Span<byte> salt = stackalloc byte[SessionIdLength];
        Encoding.ASCII.GetBytes(_value.AsSpan(SessionIdLength), secret);
        Encoding.ASCII.GetBytes(SessionIdSpan, salt);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt, SealingLabel);
        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>Whether <paramref name="text"/> has the form of a session ID.</summary>
    public static bool IsSessionId([NotNullWhen(true)] string? text) =>
        text is { Length: SessionIdLength } && !text.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>The whole token, secret included: for the cookie, and for nothing else.</summary>
    public string ToCookieValue() => _value;

    /// <summary>The session ID, with the secret redacted: safe in a log.</summary>
    public override string ToString() => _value is null ? "" : $"{SessionId}.[redacted]";
}
