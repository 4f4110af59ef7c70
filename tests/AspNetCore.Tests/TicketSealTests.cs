using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class TicketSealTests
{
    private readonly AuthenticationTicket _ann = new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ann")], "password")), SessionDefaults.AuthenticationScheme);

    [Fact]
    public void A_ticket_carries_the_claims_of_its_session()
    {
        var token = SessionToken.Create();

        var principal = TicketSeal.Open(token, TicketSeal.Seal(token, _ann)).Principal;

        Assert.Equal("ann", principal.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal("password", principal.Identity!.AuthenticationType);
    }

    [Fact]
    public void I5_a_ticket_that_was_moved_to_another_session_is_not_read()
    {
        var ticket = TicketSeal.Seal(SessionToken.Create(), _ann);

        Assert.ThrowsAny<CryptographicException>(() => TicketSeal.Open(SessionToken.Create(), ticket));
    }

    [Fact]
    public void I8_a_ticket_is_read_by_the_secret_alone_and_shows_nothing_without_it()
    {
        var token = SessionToken.Create();
        var ticket = TicketSeal.Seal(token, _ann);

        Assert.DoesNotContain("ann", Encoding.Latin1.GetString(ticket), StringComparison.Ordinal);
        Assert.ThrowsAny<CryptographicException>(() => TicketSeal.Open(token.Rotate(), ticket));
    }

    [Fact]
    public void A_ticket_that_was_changed_anywhere_is_not_read()
    {
        var token = SessionToken.Create();
        var ticket = TicketSeal.Seal(token, _ann);
        for (var i = 0; i < ticket.Length; i++)
        {
            ticket[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => TicketSeal.Open(token, ticket));
            ticket[i] ^= 1;
        }

        Assert.ThrowsAny<CryptographicException>(() => TicketSeal.Open(token, []));
    }

    [Fact]
    public void The_sealing_key_is_the_one_that_was_released()
    {
        Assert.True(SessionToken.TryParse("AAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", out var token));
        var key = new byte[SessionToken.SealingKeySize];
        token.DeriveSealingKey(key);

        // HKDF-SHA-256 (RFC 5869) by its two steps, in place of the library's function.
        var extracted = HMACSHA256.HashData("AAAAAAAAAAAAAAAAAAAAAAAA"u8, "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"u8);
        var expanded = HMACSHA256.HashData(extracted, (byte[])[.. "OrleansSessions sealed ticket"u8, 1]);
        Assert.Equal(expanded, key);
        Assert.NotEqual(token.SecretHash.ToBase64Url(), Convert.ToBase64String(key));
    }
}
