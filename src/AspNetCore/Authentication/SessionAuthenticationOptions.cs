using System.Buffers;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>How the authentication handler meets the browser; one set of options for each scheme.</summary>
public sealed class SessionAuthenticationOptions : AuthenticationSchemeOptions
{
    private static readonly SearchValues<char> CookieNameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Makes the options with events that do what is usual.</summary>
    public SessionAuthenticationOptions() => Events = new SessionAuthenticationEvents();

    /// <summary>The cookie's name; it must start with <c>__Host-</c>, and no two schemes may share one.</summary>
    /// <remarks>Default <c>__Host-session</c>; for a scheme with a name of its own, <c>__Host-session-</c> and that name.</remarks>
    public string CookieName { get; set; } = "";

    /// <summary>Where a browser that must sign in is sent; API endpoints answer 401 instead. Default <c>/sign-in</c>.</summary>
    public PathString SignInPath { get; set; } = "/sign-in";

    /// <summary>Where a browser is sent whose user may not see a page. Default none: the answer is 403.</summary>
    public PathString AccessDeniedPath { get; set; }

    /// <summary>Where a browser is sent whose user must prove again who they are. Default <c>/reauthenticate</c>.</summary>
    public PathString ReauthenticatePath { get; set; } = "/reauthenticate";

    /// <summary>The query parameter that carries the way back. Default <c>returnUrl</c>.</summary>
    public string ReturnUrlParameter { get; set; } = "returnUrl";

    /// <summary>What the application does at the turns of a session; <see cref="AuthenticationSchemeOptions.EventsType"/> takes its place.</summary>
    public new SessionAuthenticationEvents Events
    {
        get => (SessionAuthenticationEvents)base.Events!;
        set => base.Events = value;
    }

    /// <summary>Says which user a principal is. Default: its <see cref="ClaimTypes.NameIdentifier"/> claim, or else its <c>sub</c> claim.</summary>
    /// <remarks>
    /// The result alone identifies the user: all principals that have it share one list of sessions, and can end each other's.
    /// An application with several identity providers must tell them apart here, by issuer and <c>sub</c> together, say.
    /// Do not change the result for users who are signed in.
    /// </remarks>
    public Func<ClaimsPrincipal, string> SubjectOf { get; set; } = NameIdentifierOrSub;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(
            CookieName.StartsWith("__Host-", StringComparison.Ordinal),
            $"{nameof(CookieName)} is '{CookieName}': begin it with '__Host-', without which a sub-domain could plant a session cookie.");
        Require(
            CookieName.AsSpan().IndexOfAnyExcept(CookieNameCharacters) < 0,
            $"{nameof(CookieName)} is '{CookieName}': use letters, digits and !#$%&'*+-.^_`|~ only (RFC 6265, section 4.1.1).");
        Require(SignInPath.HasValue, $"{nameof(SignInPath)} is empty: set it to the page where users sign in.");
        Require(ReauthenticatePath.HasValue, $"{nameof(ReauthenticatePath)} is empty: set it to the page where users prove again who they are.");
        Require(
            !string.IsNullOrEmpty(ReturnUrlParameter), $"{nameof(ReturnUrlParameter)} is empty: name the query parameter that carries the way back.");
        Require(SubjectOf is not null, $"{nameof(SubjectOf)} is null: set it to a function that says which user a principal is.");
    }

    /// <inheritdoc/>
    public override void Validate(string scheme)
    {
        try
        {
            base.Validate(scheme);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"The options of the authentication scheme '{scheme}' are wrong. {e.Message}", e);
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }

    private static string NameIdentifierOrSub(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier)
        ?? principal.FindFirstValue("sub")
        ?? throw new ArgumentException("The principal has no subject: give it a NameIdentifier or 'sub' claim.", nameof(principal));
}
