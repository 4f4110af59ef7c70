using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>A renewal of a session's cookie that is due when the response starts.</summary>
/// <param name="Ticket">The ticket with its new times.</param>
/// <param name="ReplacesContent">Whether the application may have changed what the session holds.</param>
internal sealed record CookieRenewal(AuthenticationTicket Ticket, bool ReplacesContent)
{
    /// <summary>The renewal of a ticket for as long again; null where it has no times to renew.</summary>
    public static CookieRenewal? Of(AuthenticationTicket ticket, DateTimeOffset now, bool replacesContent)
    {
        if (ticket.Properties is not { IssuedUtc: { } issued, ExpiresUtc: { } expires })
        {
            return null;
        }

        // A copy: what the application changes from here on is for this request alone.
        var renewed = ticket.Clone();
        renewed.Properties.IssuedUtc = now;
        renewed.Properties.ExpiresUtc = now + (expires - issued);
        return new CookieRenewal(renewed, replacesContent);
    }

    /// <summary>Whether a ticket differs from this one in its times alone.</summary>
    public bool HoldsTheSameAs(AuthenticationTicket content)
    {
        var other = content.Clone();
        other.Properties.IssuedUtc = Ticket.Properties.IssuedUtc;
        other.Properties.ExpiresUtc = Ticket.Properties.ExpiresUtc;
        return TicketSerializer.Default.Serialize(Ticket).AsSpan().SequenceEqual(TicketSerializer.Default.Serialize(other));
    }
}
