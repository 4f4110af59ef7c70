namespace OrleansSessions;

/// <summary>All that a session is started with.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SignInRequest")]
public sealed record SignInRequest
{
    /// <summary>The hash of the new token's secret.</summary>
    [Id(0)] public required SecretHash SecretHash { get; init; }

    /// <summary>The user's stable ID.</summary>
    [Id(1)] public required string Subject { get; init; }

    /// <summary>What the front end wants back at each validation; at most <see cref="WireLimits.MaxTicketBytes"/>.</summary>
    [Id(2)] public required byte[] Ticket { get; init; }

    /// <summary>The browser, for the device list.</summary>
    [Id(3)] public required ClientInfo Client { get; init; }

    /// <summary>Whether the longer timeouts of remembered sessions apply.</summary>
    [Id(4)] public bool RememberMe { get; init; }

    /// <summary>The account's security stamp when the credentials were checked; null where there is none.</summary>
    [Id(5)] public string? SecurityStamp { get; init; }

    /// <summary>The session that the browser presented, and which the new one takes the place of; null for none.</summary>
    /// <remarks>It does not count against the limit. Its front end ends it once the new session stands; at the limit the user's index does so before.</remarks>
    [Id(6)] public SessionProof? Replaces { get; init; }

    /// <summary>The moment at which the session ends at the latest, by the store's clock; null for what the timeouts say.</summary>
    /// <remarks>It moves no end further away. A silo of an earlier release ignores it.</remarks>
    [Id(7)] public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Nothing of the ticket and the stamp: Orleans prints requests that time out.</summary>
    public override string ToString() => nameof(SignInRequest);
}
