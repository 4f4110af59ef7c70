namespace OrleansSessions.WebFrontend;

/// <summary>The present password, and the one that takes its place.</summary>
internal sealed record PasswordChangeBody(string? CurrentPassword, string? NewPassword)
{
    /// <summary>Nothing of the passwords.</summary>
    public override string ToString() => nameof(PasswordChangeBody);
}
