using System.Security.Claims;

namespace OrleansSessions.AspNetCore;

/// <summary>How the sessions of a scheme of cookie authentication are kept; one set of options for each scheme.</summary>
public sealed class CookieSessionsOptions
{
    /// <summary>
    /// Says which user a principal is. Default: its <see cref="ClaimTypes.NameIdentifier"/> claim, or else its <c>sub</c> claim, or else its name.
    /// </summary>
    /// <remarks>
    /// The result alone identifies the user, as with <see cref="SessionAuthenticationOptions.SubjectOf"/>. Without one, a session stands alone
    /// in a list of its own.
    /// </remarks>
    public Func<ClaimsPrincipal, string?> SubjectOf { get; set; } = static principal =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue("sub") ?? principal.Identity?.Name;

    /// <summary>
    /// Until when a cookie from before the switch is taken for a sign-in: its user gets a session, and the browser a new cookie. Default
    /// null: such a user signs in again.
    /// </summary>
    /// <remarks>
    /// One old cookie gives one session, however many requests present it, and none once that session has ended. The cluster remembers an
    /// end for <c>Sessions:TombstoneRetention</c>: do not look further ahead than that.
    /// </remarks>
    public DateTimeOffset? CarriesOverUntil { get; set; }

    /// <summary>The stamp of the credentials that a principal was made from; null where there is none.</summary>
    internal Func<ClaimsPrincipal, string?> SecurityStampOf { get; set; } = static _ => null;
}
