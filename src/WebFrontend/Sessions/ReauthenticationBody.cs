namespace OrleansSessions.WebFrontend;

/// <summary>The password of the signed-in user.</summary>
internal sealed record ReauthenticationBody(string? Password)
{
    /// <summary>Nothing of the password.</summary>
    public override string ToString() => nameof(ReauthenticationBody);
}
