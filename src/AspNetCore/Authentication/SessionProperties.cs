using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.AspNetCore;

/// <summary>A session in the terms of ASP.NET Core's authentication.</summary>
internal static class SessionProperties
{
    /// <summary>Notes when the session started, by when it ends at the latest, and whether it outlives the browser.</summary>
    public static void Describe(this AuthenticationProperties properties, SessionInfo session)
    {
        properties.IssuedUtc = session.CreatedAt;
        properties.ExpiresUtc = session.ExpiresAt;
        properties.IsPersistent = session.RememberMe;
    }
}
