namespace OrleansSessions.WebFrontend;

/// <summary>A user name and a password to sign in with.</summary>
internal sealed record SignInBody(string? UserName, string? Password, bool RememberMe = false)
{
    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(SignInBody);
}
