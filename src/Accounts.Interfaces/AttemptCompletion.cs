namespace OrleansSessions.Accounts;

/// <summary>The report that an attempt's password was right.</summary>
[GenerateSerializer, Immutable, Alias("OrleansSessions.AttemptCompletion")]
public sealed record AttemptCompletion
{
    /// <summary>The attempt.</summary>
    [Id(0)] public required long Number { get; init; }

    /// <summary>The hash of the ID of the device it was made on, known or new; remembered for the back-off.</summary>
    [Id(1)] public required string Device { get; init; }

    /// <summary>The same password in the present hash format, where the stored hash has an old one.</summary>
    [Id(2)] public string? Rehash { get; init; }

    /// <summary>The hash that the attempt was checked against: a changed password makes the attempt void.</summary>
    [Id(3)] public required string PasswordHash { get; init; }

    /// <summary>Nothing of the hashes.</summary>
    public override string ToString() => $"attempt {Number}";
}
