namespace OrleansSessions.WebFrontend;

/// <summary>A user name and a password for a new account.</summary>
internal sealed record RegistrationBody(string? UserName, string? Password)
{
    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(RegistrationBody);
}

/// <summary>The present password, and the one that takes its place.</summary>
internal sealed record PasswordChangeBody(string? CurrentPassword, string? NewPassword)
{
    /// <summary>Nothing of the passwords.</summary>
    public override string ToString() => nameof(PasswordChangeBody);
}

/// <summary>An account that was opened.</summary>
internal sealed record AccountBody(string UserName);
