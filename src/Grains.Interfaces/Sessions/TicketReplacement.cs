namespace OrleansSessions.Grains.Interfaces;

/// <summary>A new ticket for a session.</summary>
/// <param name="Ticket">The ticket from now on; at most <see cref="WireLimits.MaxTicketBytes"/>.</param>
/// <param name="Revision">The revision of the session that it was made from.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.TicketReplacement")]
public sealed record TicketReplacement([property: Id(0)] byte[] Ticket, [property: Id(1)] int Revision);

/// <summary>The outcome of a <see cref="TicketReplacement"/>.</summary>
[GenerateSerializer, Alias("OrleansSessions.TicketReplacementStatus")]
public enum TicketReplacementStatus
{
    /// <summary>The session is not active.</summary>
    NotActive = 0,

    /// <summary>Replaced, everywhere.</summary>
    Replaced = 1,

    /// <summary>The session has changed since: read it again.</summary>
    Outdated = 2,
}
