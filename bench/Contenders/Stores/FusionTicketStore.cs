using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ZiggyCreatures.Caching.Fusion;

namespace OrleansSessions.Contenders;

/// <summary>Tickets in FusionCache, until their own expiry.</summary>
internal sealed class FusionTicketStore(IFusionCache cache) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = TicketKeys.Create();
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => cache.SetAsync(
        key, CachedTicket.Of(ticket), options => options.SetDuration(CachedTicket.LifetimeOf(ticket))).AsTask();

    public async Task<AuthenticationTicket?> RetrieveAsync(string key) => (await cache.GetOrDefaultAsync<CachedTicket>(key))?.Ticket;

    public Task RemoveAsync(string key) => cache.RemoveAsync(key).AsTask();
}
