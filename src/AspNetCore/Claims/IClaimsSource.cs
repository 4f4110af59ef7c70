using System.Security.Claims;

namespace OrleansSessions.AspNetCore;

/// <summary>Makes a user's claims, from where the application keeps them. Registered by the application, in any lifetime.</summary>
public interface IClaimsSource
{
    /// <summary>Makes the claims of a user as they are now.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="current">The claims that the session holds, some of which may be of the sign-in alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The user, with the same subject. A principal without any identity says that the user may not be signed in any more: the session ends.</returns>
    ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken);
}
