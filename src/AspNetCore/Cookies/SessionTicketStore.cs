using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace OrleansSessions.AspNetCore;

/// <summary>Sessions in the terms of cookie authentication. The key is a session's token.</summary>
/// <remarks>What was asked for is carried through, whether the browser waits or not: a cancelled sign-out would be none.</remarks>
internal sealed class SessionTicketStore(string scheme, CookieSessions sessions) : ITicketStore
{
    public Task<string> StoreAsync(AuthenticationTicket ticket) => StartAsync(ticket, null);

    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StartAsync(ticket, null);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        StartAsync(ticket, httpContext);

    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    /// <summary>Replaces what a session holds. Of one that has ended, or never was, nothing comes to be.</summary>
    /// <exception cref="InvalidOperationException">The ticket is of another user (dotnet/aspnetcore#47503).</exception>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer.</exception>
    public async Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        if (SessionToken.TryParse(key, out var token) && await sessions.FindAsync(scheme, token, cancellationToken) is { Content: not null } found)
        {
            await sessions.ReplaceAsync(scheme, found, ticket);
        }
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        RenewAsync(key, ticket, cancellationToken);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    /// <summary>What a session holds: a ticket of the caller's own. Null where it is not active.</summary>
    /// <exception cref="SessionsUnavailableException">The cluster does not answer, which says nothing of the session.</exception>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken) =>
        SessionToken.TryParse(key, out var token) ? (await sessions.FindAsync(scheme, token, cancellationToken)).Content?.Clone() : null;

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        RetrieveAsync(key, cancellationToken);

    /// <summary>Ends a session, everywhere.</summary>
    /// <exception cref="SessionsUnavailableException">The session may still be active.</exception>
    public Task RemoveAsync(string key) => EndAsync(key);

    public Task RemoveAsync(string key, CancellationToken cancellationToken) => EndAsync(key);

    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) => EndAsync(key);

    private async Task<string> StartAsync(AuthenticationTicket ticket, HttpContext? context) =>
        (await sessions.StartAsync(context, scheme, ticket)).Token.ToCookieValue();

    private Task EndAsync(string key) =>
        SessionToken.TryParse(key, out var token) ? sessions.EndAsync(token, RevocationReason.SignedOut) : Task.CompletedTask;
}
