using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>Seals a session's claims and properties by the secret in the browser's cookie, so that the store alone reveals none.</summary>
/// <remarks>
/// AES-256-GCM (NIST SP 800-38D) under a key that only the secret gives, with the session ID and the form as associated data:
/// a ticket cannot be moved to another session. The key seals a handful of tickets, so a random nonce of 96 bits never repeats.
/// The serializer is ASP.NET Core's own, of a fixed schema without type names.
/// </remarks>
internal static class TicketSeal
{
    private const byte Form = 3;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + NonceSize + TagSize;

    /// <summary>Seals the claims of a session, with the properties and the scheme of its sign-in.</summary>
    /// <exception cref="ArgumentException">They are larger than a session may keep.</exception>
    public static byte[] Seal(SessionToken token, AuthenticationTicket content)
    {
        var plain = TicketSerializer.Default.Serialize(content);
        if (HeaderSize + plain.Length > WireLimits.MaxTicketBytes)
        {
            throw new ArgumentException(
                $"The session's claims and properties take {HeaderSize + plain.Length} bytes; it keeps {WireLimits.MaxTicketBytes} at most. Sign in with fewer.",
                nameof(content));
        }

        var ticket = new byte[HeaderSize + plain.Length];
        ticket[0] = Form;
        var nonce = ticket.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = CipherOf(token);
        cipher.Encrypt(nonce, plain, ticket.AsSpan(HeaderSize), ticket.AsSpan(1 + NonceSize, TagSize), AssociatedData(token));
        return ticket;
    }

    /// <summary>Opens the claims of a session, with the properties and the scheme of its sign-in.</summary>
    /// <exception cref="CryptographicException">The bytes were not sealed for this session by this secret.</exception>
    public static AuthenticationTicket Open(SessionToken token, byte[] ticket)
    {
        if (ticket.Length < HeaderSize || ticket[0] != Form)
        {
            throw new CryptographicException("The ticket has an unknown form.");
        }

        var plain = new byte[ticket.Length - HeaderSize];
        using var cipher = CipherOf(token);
        cipher.Decrypt(
            ticket.AsSpan(1, NonceSize), ticket.AsSpan(HeaderSize), ticket.AsSpan(1 + NonceSize, TagSize), plain, AssociatedData(token));
        return TicketSerializer.Default.Deserialize(plain)
            ?? throw new CryptographicException("The ticket holds no claims of a known form.");
    }

    private static AesGcm CipherOf(SessionToken token)
    {
        Span<byte> key = stackalloc byte[SessionToken.SealingKeySize];
        token.DeriveSealingKey(key);
        try
        {
            return new AesGcm(key, TagSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static byte[] AssociatedData(SessionToken token)
    {
        var data = new byte[1 + SessionToken.SessionIdLength];
        data[0] = Form;
        Encoding.ASCII.GetBytes(token.SessionIdSpan, data.AsSpan(1));
        return data;
    }
}
