using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend;

/// <summary>What a proof of a password came to.</summary>
/// <param name="Account">The account, where the password was right.</param>
/// <param name="RetryAfter">How long to wait, where it was not looked at.</param>
internal sealed record PasswordProof(AttemptResult? Account, TimeSpan? RetryAfter = null)
{
    public static PasswordProof Failed { get; } = new(Account: null);
}
