using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class SessionTicketCodecTests
{
    private readonly SessionTicketCodec _codec = new(new EphemeralDataProtectionProvider());
    private readonly ClaimsPrincipal _ann = new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann")], "password"));

    [Fact]
    public void A_ticket_carries_the_claims_of_its_session()
    {
        var session = SessionToken.Create().SessionId;

        var principal = _codec.Unprotect(session, _codec.Protect(session, _ann));

        Assert.Equal("ann", principal.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal("password", principal.Identity!.AuthenticationType);
    }

    [Fact]
    public void I5_a_ticket_that_was_moved_to_another_session_is_not_read()
    {
        var ticket = _codec.Protect(SessionToken.Create().SessionId, _ann);

        Assert.Throws<CryptographicException>(() => _codec.Unprotect(SessionToken.Create().SessionId, ticket));
    }

    [Fact]
    public void A_ticket_that_was_changed_is_not_read()
    {
        var session = SessionToken.Create().SessionId;
        var ticket = _codec.Protect(session, _ann);
        ticket[^1] ^= 1;

        Assert.Throws<CryptographicException>(() => _codec.Unprotect(session, ticket));
    }
}
