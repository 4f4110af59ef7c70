using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Hybrid;

namespace OrleansSessions.Contenders;

/// <summary>Tickets in HybridCache: in Redis until their own expiry, in memory for the five minutes that are its default.</summary>
internal sealed class HybridTicketStore(HybridCache cache) : ITicketStore
{
    private static readonly TimeSpan InMemory = TimeSpan.FromMinutes(5);

    // The cache has no plain read: what is in neither level must not be made either.
    private static readonly HybridCacheEntryOptions ReadOnly = new()
    {
        Flags = HybridCacheEntryFlags.DisableUnderlyingData,
        LocalCacheExpiration = InMemory,
    };

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = TicketKeys.Create();
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => cache.SetAsync(
        key,
        CachedTicket.Of(ticket),
        new HybridCacheEntryOptions { Expiration = CachedTicket.LifetimeOf(ticket), LocalCacheExpiration = InMemory }).AsTask();

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        (await cache.GetOrCreateAsync<CachedTicket?>(key, static _ => new((CachedTicket?)null), ReadOnly))?.Ticket;

    public Task RemoveAsync(string key) => cache.RemoveAsync(key).AsTask();
}
