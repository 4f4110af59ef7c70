namespace OrleansSessions.AspNetCore;

/// <summary>Names that applications refer to.</summary>
public static class SessionDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string AuthenticationScheme = "OrleansSessions";

    /// <summary>The cookie. The prefix makes browsers refuse it from a sub-domain or without <c>Secure</c> (RFC 6265bis 4.1.3).</summary>
    public const string CookieName = "__Host-session";
}
