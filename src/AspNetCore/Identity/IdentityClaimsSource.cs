using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Makes a user's claims by Identity's own factory, as its security stamp validator does.</summary>
internal sealed class IdentityClaimsSource<TUser>(
    UserManager<TUser> users,
    IUserClaimsPrincipalFactory<TUser> claims,
    IOptions<IdentityOptions> identity,
    IOptions<SecurityStampValidatorOptions> validation) : IClaimsSource
    where TUser : class
{
    private static readonly ClaimsPrincipal Nobody = new();

    // How the user signed in is known to the session alone.
    private static readonly string[] OfSignIn = [ClaimTypes.AuthenticationMethod, "amr"];

    public async ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken)
    {
        // Another scheme's user is not in Identity's hands.
        if (current.Identities.All(static identity => identity.AuthenticationType != IdentityConstants.ApplicationScheme))
        {
            return current;
        }

        if (await users.FindByIdAsync(subject) is not { } user || !await HasStampOfTodayAsync(user, current))
        {
            return Nobody;
        }

        var principal = await claims.CreateAsync(user);
        principal.Identities.First().AddClaims(OfSignIn.SelectMany(current.FindAll));
        if (validation.Value.OnRefreshingPrincipal is not { } refreshing)
        {
            return principal;
        }

        var context = new SecurityStampRefreshingPrincipalContext { CurrentPrincipal = current, NewPrincipal = principal };
        await refreshing(context);
        return context.NewPrincipal ?? principal;
    }

    private async Task<bool> HasStampOfTodayAsync(TUser user, ClaimsPrincipal current) =>
        !users.SupportsUserSecurityStamp
        || current.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(user);
}
