namespace OrleansSessions;

/// <summary>The claims of a session, made again.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.ClaimsRenewal")]
public sealed record ClaimsRenewal
{
    /// <summary>The hash of the presented secret: only its holder can seal a ticket.</summary>
    [Id(0)] public required SecretHash SecretHash { get; init; }

    /// <summary>The ticket from now on; at most <see cref="WireLimits.MaxTicketBytes"/>.</summary>
    [Id(1)] public required byte[] Ticket { get; init; }

    /// <summary>The revision of the session that the renewal answers.</summary>
    [Id(2)] public required int Revision { get; init; }

    /// <summary>Nothing of the hash and the ticket.</summary>
    public override string ToString() => nameof(ClaimsRenewal);
}
