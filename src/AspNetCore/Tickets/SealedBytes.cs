using System.Security.Cryptography;

namespace OrleansSessions.AspNetCore;

/// <summary>The form of what is sealed: a byte that names it, a nonce, a tag, and the ciphertext of AES-GCM (NIST SP 800-38D).</summary>
/// <remarks>A key seals a handful of things, so a random nonce of 96 bits never repeats.</remarks>
internal static class SealedBytes
{
    /// <summary>What sealing adds, in bytes.</summary>
    public const int HeaderSize = 1 + NonceSize + TagSize;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(byte form, ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associatedData)
    {
        var bytes = new byte[HeaderSize + plain.Length];
        bytes[0] = form;
        var nonce = bytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, plain, bytes.AsSpan(HeaderSize), bytes.AsSpan(1 + NonceSize, TagSize), associatedData);
        return bytes;
    }

    /// <exception cref="CryptographicException">The bytes were not sealed in this form, by this key, for this purpose.</exception>
    public static byte[] Open(byte form, ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> associatedData)
    {
        if (bytes.Length < HeaderSize || bytes[0] != form)
        {
            throw new CryptographicException("The sealed bytes have an unknown form.");
        }

        var plain = new byte[bytes.Length - HeaderSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(bytes.Slice(1, NonceSize), bytes[HeaderSize..], bytes.Slice(1 + NonceSize, TagSize), plain, associatedData);
        return plain;
    }
}
