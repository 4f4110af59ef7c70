using System.Security.Claims;

namespace OrleansSessions.AspNetCore;

/// <summary>Where a scheme's security stamps are kept: its word counts, where the cluster holds another stamp.</summary>
internal interface IStampAuthority
{
    /// <summary>Has the user's sessions follow the stamp of a principal, where that is the stamp of today: those of an earlier one end.</summary>
    /// <returns>Whether it is.</returns>
    Task<bool> AdoptAsync(string scheme, ClaimsPrincipal principal);
}
