using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace OrleansSessions.AspNetCore;

/// <summary>A session's claims, as bytes that only this service's front ends can read.</summary>
/// <remarks>
/// The serializer is ASP.NET Core's own, of a fixed schema without type names. Encryption keeps claims from whoever
/// reads the store; the session ID, bound in as a purpose, keeps a ticket from being moved to another session.
/// </remarks>
internal sealed class SessionTicketCodec(IDataProtectionProvider dataProtection)
{
    private readonly IDataProtector _root = dataProtection.CreateProtector("OrleansSessions.Ticket.v1");

    /// <summary>Encodes the claims of a session.</summary>
    public byte[] Protect(string sessionId, ClaimsPrincipal principal)
    {
        var ticket = new AuthenticationTicket(principal, SessionDefaults.AuthenticationScheme);
        return _root.CreateProtector(sessionId).Protect(TicketSerializer.Default.Serialize(ticket));
    }

    /// <summary>Decodes the claims of a session.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes are not of this session, or the keys are gone.</exception>
    public ClaimsPrincipal Unprotect(string sessionId, byte[] protectedTicket)
    {
        var ticket = TicketSerializer.Default.Deserialize(_root.CreateProtector(sessionId).Unprotect(protectedTicket));
        return ticket?.Principal
            ?? throw new System.Security.Cryptography.CryptographicException("The ticket has an unknown format.");
    }
}
