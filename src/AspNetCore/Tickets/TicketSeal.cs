using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>Seals a session's claims and properties by the secret in the browser's cookie, so that the store alone reveals none.</summary>
/// <remarks>
/// Under a key that only the secret gives, with the session ID and the form as associated data: a ticket cannot be moved to
/// another session.
/// The serializer is ASP.NET Core's own, of a fixed schema without type names.
/// </remarks>
internal static class TicketSeal
{
    private const byte Form = 3;

    /// <summary>Seals the claims of a session, with the properties and the scheme of its sign-in.</summary>
    /// <exception cref="ArgumentException">They are larger than a session may keep.</exception>
    public static byte[] Seal(SessionToken token, AuthenticationTicket content)
    {
        var plain = TicketSerializer.Default.Serialize(content);
        if (SealedBytes.HeaderSize + plain.Length > WireLimits.MaxTicketBytes)
        {
            throw new ArgumentException(
                $"The session's claims and properties take {SealedBytes.HeaderSize + plain.Length} bytes; it keeps {WireLimits.MaxTicketBytes} at most. Sign in with fewer.",
                nameof(content));
        }

        Span<byte> key = stackalloc byte[SessionToken.SealingKeySize];
        token.DeriveSealingKey(key);
        try
        {
            return SealedBytes.Seal(Form, key, plain, AssociatedData(token));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens the claims of a session, with the properties and the scheme of its sign-in.</summary>
    /// <exception cref="CryptographicException">The bytes were not sealed for this session by this secret.</exception>
    public static AuthenticationTicket Open(SessionToken token, byte[] ticket)
    {
        Span<byte> key = stackalloc byte[SessionToken.SealingKeySize];
        token.DeriveSealingKey(key);
        try
        {
            return TicketSerializer.Default.Deserialize(SealedBytes.Open(Form, key, ticket, AssociatedData(token)))
                ?? throw new CryptographicException("The ticket holds no claims of a known form.");
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
