namespace OrleansSessions.Grains;

/// <summary>A session that asks to be admitted.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.SessionRegistration")]
internal sealed record SessionRegistration
{
    [Id(0)] public required string SessionId { get; init; }

    /// <summary>When it starts, by the store's clock.</summary>
    [Id(1)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The moment by which it ends, used or not.</summary>
    [Id(2)] public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The account's stamp when the credentials were checked; null where there is none.</summary>
    [Id(3)] public string? SecurityStamp { get; init; }

    /// <summary>The session that the browser presented; it does not count, and ends where its place is needed.</summary>
    [Id(4)] public SessionProof? Replaces { get; init; }

    /// <summary>Nothing of the stamp: Orleans prints requests that time out.</summary>
    public override string ToString() => SessionId;
}
