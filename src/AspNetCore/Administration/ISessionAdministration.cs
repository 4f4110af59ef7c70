using System.Collections.Immutable;
using System.Security.Claims;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.AspNetCore;

/// <summary>What an application does to the sessions of a user other than through that user's browser.</summary>
public interface ISessionAdministration
{
    /// <summary>A user's live sessions, newest first.</summary>
    /// <exception cref="SessionsUnavailableException">It cannot be known now.</exception>
    Task<ImmutableArray<SessionDescription>> ListAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Ends all of a user's sessions. When this returns, no front end accepts any of them.</summary>
    /// <returns>How many ended.</returns>
    /// <exception cref="SessionsUnavailableException">Some may still be active: call again.</exception>
    Task<int> RevokeAllAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Changes the claims in all of a user's sessions. When this returns, no request is answered with the old ones.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="change">Makes the new claims of the present ones; it may be called more than once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SessionsUnavailableException">Some may still have the old claims: call again.</exception>
    Task UpdateClaimsAsync(string subject, Func<ClaimsPrincipal, ClaimsPrincipal> change, CancellationToken cancellationToken = default);
}
