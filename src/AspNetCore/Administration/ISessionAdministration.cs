using System.Collections.Immutable;

namespace OrleansSessions.AspNetCore;

/// <summary>Lists, ends and changes a user's sessions from outside of them: by an administrator, or by the user from another session.</summary>
public interface ISessionAdministration
{
    /// <summary>A user's live sessions, newest first.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    Task<ImmutableArray<SessionDescription>> ListAsync(string subject, CancellationToken cancellationToken = default);

    /// <summary>Ends one of a user's sessions. When this returns, no front end accepts it.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="sessionId">The session's public ID, as <see cref="ListAsync"/> gives it.</param>
    /// <param name="reason">Why it ends; the browser that holds the session can be told.</param>
    /// <param name="reasonText">Why it ends, in the application's own words; it reaches events, watches and logs, at most 100 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the user has no such session.</returns>
    /// <exception cref="ArgumentException">The text is too long, or has characters that do not belong into a log.</exception>
    /// <exception cref="SessionsUnavailableException">The session may still be active: call again.</exception>
    Task<bool> RevokeAsync(
        string subject,
        string? sessionId,
        RevocationReason reason = RevocationReason.RevokedByAdmin,
        string? reasonText = null,
        CancellationToken cancellationToken = default);

    /// <summary>Ends all of a user's sessions, or all but one. When this returns, no front end accepts any of them.</summary>
    /// <param name="subject">The user.</param>
    /// <param name="reason">Why they end; the browsers that hold the sessions can be told.</param>
    /// <param name="except">The ID of a session that goes on; null for none.</param>
    /// <param name="reasonText">Why they end, in the application's own words; it reaches events, watches and logs, at most 100 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many ended.</returns>
    /// <exception cref="ArgumentException">The text is too long, or has characters that do not belong into a log.</exception>
    /// <exception cref="SessionsUnavailableException">Some may still be active: call again.</exception>
    Task<int> RevokeAllAsync(
        string subject,
        RevocationReason reason = RevocationReason.RevokedByAdmin,
        string? except = null,
        string? reasonText = null,
        CancellationToken cancellationToken = default);

    /// <summary>Sets the security stamp that the user's sign-ins must carry from now on, and ends nothing.</summary>
    /// <remarks>A sign-in that carries another stamp is refused; one without a stamp is not (<see cref="BrowserSignIn.SecurityStamp"/>).</remarks>
    /// <exception cref="SessionsUnavailableException">The stamp may not be set: call again.</exception>
    Task SetSecurityStampAsync(string subject, string stamp, CancellationToken cancellationToken = default);

    /// <summary>Has the claims in all of a user's sessions made again. When this returns, no request is answered with the old ones.</summary>
    /// <remarks>The next request of each session asks the application's <see cref="IClaimsSource"/>, at whichever front end.</remarks>
    /// <exception cref="InvalidOperationException">The application has no <see cref="IClaimsSource"/>.</exception>
    /// <exception cref="SessionsUnavailableException">Some sessions may still have the old claims: call again.</exception>
    Task RefreshClaimsAsync(string subject, CancellationToken cancellationToken = default);
}
