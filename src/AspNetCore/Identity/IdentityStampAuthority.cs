using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>The stamps in the application's database.</summary>
internal sealed class IdentityStampAuthority<TUser>(UserManager<TUser> users, IOptions<IdentityOptions> identity, IdentitySessions sessions)
    : IStampAuthority
    where TUser : class
{
    public async Task<bool> AdoptAsync(string scheme, ClaimsPrincipal principal)
    {
        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        if (scheme != IdentityConstants.ApplicationScheme
            || stamp is null
            || await users.GetUserAsync(principal) is not { } user
            || await users.GetSecurityStampAsync(user) != stamp)
        {
            return false;
        }

        await sessions.AdoptStampAsync(await users.GetUserIdAsync(user), stamp);
        return true;
    }
}
