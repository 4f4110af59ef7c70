namespace OrleansSessions;

/// <summary>The replacement of a session's secret.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.RotationRequest")]
public sealed record RotationRequest
{
    /// <summary>The hash of the secret in use: who does not know it cannot replace it.</summary>
    [Id(0)] public required SecretHash Current { get; init; }

    /// <summary>The hash of the secret that takes its place.</summary>
    [Id(1)] public required SecretHash Next { get; init; }

    /// <summary>The ticket from now on, sealed by the new secret; at most <see cref="WireLimits.MaxTicketBytes"/>.</summary>
    [Id(2)] public required byte[] Ticket { get; init; }

    /// <summary>Whether the user has just proved who they are.</summary>
    [Id(3)] public bool Reauthenticated { get; init; }

    /// <summary>The revision whose claims the ticket holds; null where the claims were just made.</summary>
    /// <remarks>Where the session has another one by now, its claims are made again before they are used.</remarks>
    [Id(4)] public int? Revision { get; init; }

    /// <summary>Nothing of the hashes and the ticket.</summary>
    public override string ToString() => nameof(RotationRequest);
}
