namespace OrleansSessions.Accounts;

/// <summary>Leave to check a password, or its refusal.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.PasswordAttempt")]
public sealed record PasswordAttempt
{
    /// <summary>Whether the password may be checked. Where it may not, the caller fails as it does for a wrong one.</summary>
    [Id(0)] public required bool Allowed { get; init; }

    /// <summary>The attempt's number, to complete it by.</summary>
    [Id(1)] public long Number { get; init; }

    /// <summary>The hash to check against; null where there is no such account, or the attempt is refused.</summary>
    [Id(2)] public string? PasswordHash { get; init; }

    /// <summary>Whether a refusal may pass soon: the attempts that use up the limit are under way, and may yet be right.</summary>
    [Id(3)] public bool IsUndecided { get; init; }

    /// <summary>Nothing of the hash.</summary>
    public override string ToString() => Allowed ? $"attempt {Number}" : "refused";
}
