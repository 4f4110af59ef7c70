namespace OrleansSessions.WebFrontend;

/// <summary>A user name and a password for a new account.</summary>
internal sealed record RegistrationBody(string? UserName, string? Password)
{
    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(RegistrationBody);
}
