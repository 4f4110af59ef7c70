using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.Contenders;

/// <summary>A ticket as caches with two levels keep it: bytes in Redis, and in memory also what came of them.</summary>
/// <remarks>Marked immutable, so that such a cache hands out the one in memory and does not read the bytes for each request.</remarks>
[ImmutableObject(true)]
internal sealed class CachedTicket
{
    private AuthenticationTicket? _ticket;

    /// <summary>The serialized ticket.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>The ticket.</summary>
    [JsonIgnore]
    public AuthenticationTicket Ticket => _ticket ??= TicketSerializer.Default.Deserialize(Bytes)!;

    /// <summary>A ticket to be kept.</summary>
    public static CachedTicket Of(AuthenticationTicket ticket) => new() { Bytes = TicketSerializer.Default.Serialize(ticket) };

    /// <summary>How long a ticket lasts from now on.</summary>
    public static TimeSpan LifetimeOf(AuthenticationTicket ticket) => ticket.Properties.ExpiresUtc!.Value - TimeProvider.System.GetUtcNow();
}
