using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace OrleansSessions.AspNetCore;

/// <summary>A session's claims, as bytes that only this service's front ends can read.</summary>
/// <remarks>
/// The serializer is ASP.NET Core's own, of a fixed schema without type names. Encryption keeps claims from anyone
/// who reads the store; the session ID, encrypted and authenticated with them, keeps a ticket from being moved to another
/// session. It is not a purpose of its own, because a protector for each session costs more than the encryption itself.
/// </remarks>
internal sealed class SessionTicketCodec(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("OrleansSessions.Ticket.v2");

    /// <summary>Encodes the claims of a session.</summary>
    public byte[] Protect(string sessionId, ClaimsPrincipal principal)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(sessionId);
        TicketSerializer.Default.Write(writer, new AuthenticationTicket(principal, SessionDefaults.AuthenticationScheme));
        writer.Flush();
        return _protector.Protect(bytes.ToArray());
    }

    /// <summary>Decodes the claims of a session.</summary>
    /// <exception cref="CryptographicException">The bytes are not of this session, or the keys are gone.</exception>
    public ClaimsPrincipal Unprotect(string sessionId, byte[] protectedTicket)
    {
        using var reader = new BinaryReader(new MemoryStream(_protector.Unprotect(protectedTicket)));
        if (reader.ReadString() != sessionId)
        {
            throw new CryptographicException("The ticket is another session's.");
        }

        return TicketSerializer.Default.Read(reader)?.Principal
            ?? throw new CryptographicException("The ticket has an unknown format.");
    }
}
