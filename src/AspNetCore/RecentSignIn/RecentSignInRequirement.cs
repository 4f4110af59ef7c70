using Microsoft.AspNetCore.Authorization;

namespace OrleansSessions.AspNetCore;

/// <summary>Lets a request through only if its user has proved who they are within a given time (ASVS 7.5.1, 7.5.3).</summary>
/// <param name="maxAge">How long ago that may be.</param>
/// <param name="scheme">The scheme of the session that it is asked of; null for that of the request's user.</param>
public sealed class RecentSignInRequirement(TimeSpan maxAge, string? scheme = null) : IAuthorizationRequirement
{
    /// <summary>How long ago the user may have proved who they are.</summary>
    public TimeSpan MaxAge => maxAge;

    /// <summary>The authentication scheme of the session that it is asked of; null for that of the request's user.</summary>
    public string? Scheme => scheme;
}
