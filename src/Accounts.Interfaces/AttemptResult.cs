namespace OrleansSessions.Accounts;

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
