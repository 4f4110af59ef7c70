using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrleansSessions.AspNetCore;

/// <summary>Seals entries by the secret in the browser's cookie, so that the store alone reveals no key and no value.</summary>
/// <remarks>
/// With the grain key and the entry's name as associated data: an entry cannot be moved to other data, or to another name. The name is a keyed hash, so that equal keys meet without being readable.
/// </remarks>
internal static class SessionStateSeal
{
    /// <summary>What an entry takes beside its key and its value.</summary>
    public const int Overhead = SealedBytes.HeaderSize + LengthSize + NameLength;

    /// <summary>The longest key, in bytes: as of the stock session.</summary>
    public const int MaxKeyBytes = ushort.MaxValue;

    private const byte Form = 1;
    private const int LengthSize = sizeof(ushort);
    private const int NameBytes = 16;
    private const int NameLength = 22;

    /// <summary>The name under which a key is stored.</summary>
    public static string NameOf(SessionStateKey secret, string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Naming, Encoding.UTF8.GetBytes(key), hash);
        return Base64Url.EncodeToString(hash[..NameBytes]);
    }

    public static byte[] Seal(SessionStateKey secret, string name, string key, byte[] value)
    {
        var keyLength = Encoding.UTF8.GetByteCount(key);
        var plain = new byte[LengthSize + keyLength + value.Length];
        BinaryPrimitives.WriteUInt16BigEndian(plain, (ushort)keyLength);
        Encoding.UTF8.GetBytes(key, plain.AsSpan(LengthSize));
        value.CopyTo(plain, LengthSize + keyLength);
        return SealedBytes.Seal(Form, secret.Sealing, plain, AssociatedData(secret, name));
    }

    /// <exception cref="CryptographicException">The bytes were not sealed for this name by this secret.</exception>
    public static (string Key, byte[] Value) Open(SessionStateKey secret, string name, byte[] entry)
    {
        var plain = SealedBytes.Open(Form, secret.Sealing, entry, AssociatedData(secret, name));
        var keyLength = BinaryPrimitives.ReadUInt16BigEndian(plain);
        return (Encoding.UTF8.GetString(plain, LengthSize, keyLength), plain[(LengthSize + keyLength)..]);
    }

    private static byte[] AssociatedData(SessionStateKey secret, string name) => Encoding.ASCII.GetBytes($"{Form}/{secret.DataKey}/{name}");
}
