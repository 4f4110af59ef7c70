using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansSessions.AspNetCore;

/// <summary>Takes cookies from before the switch for sign-ins, for as long as the application says.</summary>
/// <remarks>
/// The token is derived from the cookie: however many requests present it, it stands for one session. Once that has ended, its
/// tombstone refuses the cookie.
/// </remarks>
internal sealed class CarriedCookies(
    CookieSessions sessions, SessionSubjects subjects, PresentClaims present, IOptionsMonitor<CookieSessionsOptions> options)
{
    private static ReadOnlySpan<byte> Label => "OrleansSessions carried cookie"u8;

    /// <summary>The session of a request's old cookie; null where it has none that counts.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task<CookieSession?> TrySignInAsync(CookieJar jar)
    {
        var now = jar.Options.TimeProvider!.GetUtcNow();
        if (!(now < options.Get(jar.Scheme.Name).CarriesOverUntil)
            || jar.ReadEarlier() is not var (value, ticket)
            || ticket.Properties.ExpiresUtc < now)
        {
            return null;
        }

        var token = TokenOf(value);
        if (await MakeAgainAsync(jar, token, ticket) is not { } current)
        {
            return null;
        }

        try
        {
            return await sessions.StartAsync(jar.Context, jar.Scheme.Name, current, endsAt: jar.EndOf(ticket.Properties), chosen: token);
        }
        catch (SignInRefusedException)
        {
            return null;
        }
    }

    /// <summary>The ticket with the claims of today, where the application has a source of them; null where the user may not be signed in any more.</summary>
    private async Task<AuthenticationTicket?> MakeAgainAsync(CookieJar jar, SessionToken token, AuthenticationTicket ticket)
    {
        var subject = subjects.Of(jar.Scheme.Name, ticket.Principal, token);
        var principal = await present.MakeAsync(jar.Scheme.Name, token, subject, ticket.Principal, jar.Context.RequestAborted);
        return principal is null ? ticket
            : principal.Identities.Any() ? new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme)
            : null;
    }

    private static SessionToken TokenOf(string cookie)
    {
        Span<byte> bytes = stackalloc byte[48];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(cookie), bytes, default, Label);
        return SessionToken.TryParse(Base64Url.EncodeToString(bytes), out var token) ? token : throw new UnreachableException();
    }
}
