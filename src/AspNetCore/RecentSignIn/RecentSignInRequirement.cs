using Microsoft.AspNetCore.Authorization;

namespace OrleansSessions.AspNetCore;

/// <summary>Lets a request through only if its user has proved who they are within a given time (ASVS 7.5.1, 7.5.3).</summary>
/// <param name="maxAge">How long ago that may be.</param>
public sealed class RecentSignInRequirement(TimeSpan maxAge) : IAuthorizationRequirement
{
    /// <summary>How long ago the user may have proved who they are.</summary>
    public TimeSpan MaxAge => maxAge;
}
