using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions.AspNetCore;

/// <summary>What comes of the secret in the browser's cookie: where its data is, and how the data is sealed.</summary>
/// <remarks>HKDF-SHA-256 (RFC 5869) under different labels: the grain key is public, and gives neither of the others.</remarks>
internal sealed class SessionStateKey
{
    /// <summary>The length of a grain key: as of a session ID.</summary>
    private const int DataKeyBytes = SessionToken.SessionIdLength / 4 * 3;

    private const int KeyBytes = 32;

    private readonly byte[] _sealing = new byte[KeyBytes];
    private readonly byte[] _naming = new byte[KeyBytes];

    private SessionStateKey(ReadOnlySpan<byte> pseudorandom)
    {
        Span<byte> place = stackalloc byte[DataKeyBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, place, "grain key"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, _sealing, "sealed entries"u8);
        HKDF.Expand(HashAlgorithmName.SHA256, pseudorandom, _naming, "names of entries"u8);
        DataKey = Base64Url.EncodeToString(place);
    }

    /// <summary>The key of the grain.</summary>
    public string DataKey { get; }

    public ReadOnlySpan<byte> Sealing => _sealing;

    public ReadOnlySpan<byte> Naming => _naming;

    /// <param name="sessionKey">The secret: 128 random bits, in the form of a GUID.</param>
    public static SessionStateKey Derive(string sessionKey)
    {
        Span<byte> pseudorandom = stackalloc byte[SHA256.HashSizeInBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(sessionKey), "OrleansSessions session data"u8, pseudorandom);
        return new SessionStateKey(pseudorandom);
    }
}
