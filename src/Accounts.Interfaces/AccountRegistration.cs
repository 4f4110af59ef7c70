namespace OrleansSessions.Accounts;

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
