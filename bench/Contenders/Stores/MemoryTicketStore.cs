using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Memory;

namespace OrleansSessions.Contenders;

/// <summary>Tickets in this server's memory, until their own expiry.</summary>
internal sealed class MemoryTicketStore : ITicketStore, IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = TicketKeys.Create();
        Set(key, ticket);
        return Task.FromResult(key);
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        Set(key, ticket);
        return Task.CompletedTask;
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(_cache.Get<AuthenticationTicket>(key));

    public Task RemoveAsync(string key)
    {
        _cache.Remove(key);
        return Task.CompletedTask;
    }

    /// <summary>Everything that is kept, for a server that has just come.</summary>
    public Dictionary<string, byte[]> Copy() => _cache.Keys.OfType<string>()
        .Select(key => (Key: key, Ticket: _cache.Get<AuthenticationTicket>(key)))
        .Where(entry => entry.Ticket is not null)
        .ToDictionary(entry => entry.Key, entry => TicketSerializer.Default.Serialize(entry.Ticket!));

    public void Dispose() => _cache.Dispose();

    private void Set(string key, AuthenticationTicket ticket) =>
        _cache.Set(key, ticket, new MemoryCacheEntryOptions { AbsoluteExpiration = ticket.Properties.ExpiresUtc });
}
