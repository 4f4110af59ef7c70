using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions;

/// <summary>The SHA-256 of a secret that a browser keeps: all that anything behind the front end ever knows of it.</summary>
/// <remarks>A value of 32 bytes without an allocation of its own, since each request makes one.</remarks>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SecretHash")]
public readonly record struct SecretHash
{
    [Id(0)] private readonly ulong _a;
    [Id(1)] private readonly ulong _b;
    [Id(2)] private readonly ulong _c;
    [Id(3)] private readonly ulong _d;

    private SecretHash(ReadOnlySpan<byte> sha256)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(sha256);
        (_a, _b, _c, _d) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>Hashes a secret. A plain hash is enough: 240 random bits cannot be guessed, salted or not.</summary>
    internal static SecretHash Of(ReadOnlySpan<char> secret)
    {
        Span<byte> ascii = stackalloc byte[64];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii[..Encoding.ASCII.GetBytes(secret, ascii)], hash);
        return new SecretHash(hash);
    }

    /// <summary>Reads what <see cref="ToBase64Url"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not 32 bytes in base64url.</exception>
    internal static SecretHash FromBase64Url(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length == SHA256.HashSizeInBytes
            ? new SecretHash(bytes)
            : throw new FormatException("A secret hash has 32 bytes.");
    }

    /// <summary>The form in which the store keeps it.</summary>
    internal string ToBase64Url()
    {
        ReadOnlySpan<ulong> words = [_a, _b, _c, _d];
        return Base64Url.EncodeToString(MemoryMarshal.AsBytes(words));
    }

    /// <summary>Compares in a time that does not depend on where the two differ (CWE-208).</summary>
    internal bool FixedTimeEquals(in SecretHash other) =>
        ((_a ^ other._a) | (_b ^ other._b) | (_c ^ other._c) | (_d ^ other._d)) == 0;

    /// <summary>Nothing of the hash: it stands for a credential, and stays out of logs like one.</summary>
    public override string ToString() => "[redacted]";
}
