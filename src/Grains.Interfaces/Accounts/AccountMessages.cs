namespace OrleansSessions;

/// <summary>What an account is opened with.</summary>
/// <param name="UserName">The name as its owner writes it.</param>
/// <param name="PasswordHash">The password's hash.</param>
/// <param name="RequestId">The request's own ID: sent again, it finds the account that it opened.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.AccountRegistration")]
public sealed record AccountRegistration(
    [property: Id(0)] string UserName, [property: Id(1)] string PasswordHash, [property: Id(2)] string? RequestId = null)
{
    /// <summary>The user name: the hash stands for a credential.</summary>
    public override string ToString() => UserName;
}

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

/// <summary>The outcome of an attempt whose password was right.</summary>
/// <param name="Succeeded">False where there is no such account, or the password was changed meanwhile.</param>
/// <param name="Subject">The account's stable ID.</param>
/// <param name="UserName">The name as its owner writes it.</param>
/// <param name="SecurityStamp">Changes with each change of the password.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.AttemptResult")]
public sealed record AttemptResult(
    [property: Id(0)] bool Succeeded,
    [property: Id(1)] string Subject = "",
    [property: Id(2)] string UserName = "",
    [property: Id(3)] string SecurityStamp = "");

/// <summary>The replacement of a password.</summary>
/// <param name="SecurityStamp">The stamp of the attempt that proved the old password.</param>
/// <param name="PasswordHash">The new password's hash.</param>
/// <param name="KeepSessionId">The session it is changed in, which goes on.</param>
[GenerateSerializer, Immutable, Alias("OrleansSessions.PasswordChange")]
public sealed record PasswordChange(
    [property: Id(0)] string SecurityStamp,
    [property: Id(1)] string PasswordHash,
    [property: Id(2)] string? KeepSessionId)
{
    /// <summary>Nothing of the hash.</summary>
    public override string ToString() => nameof(PasswordChange);
}
