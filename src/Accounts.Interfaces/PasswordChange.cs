namespace OrleansSessions.Accounts;

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
