using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Distributed;

namespace OrleansSessions.Contenders;

/// <summary>Tickets in Redis, with copies in memory while Redis can tell of changes.</summary>
internal sealed class TrackedTicketStore(IDistributedCache redis, TrackedCopies copies) : ITicketStore
{
    private readonly DistributedTicketStore _redis = new(redis);

    public Task<string> StoreAsync(AuthenticationTicket ticket) => _redis.StoreAsync(ticket);

    public Task RenewAsync(string key, AuthenticationTicket ticket) => _redis.RenewAsync(key, ticket);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        if (copies.Find(key) is { } copy)
        {
            return copy;
        }

        // The place is held before the read: a change that comes in between takes it away, and the outdated copy is not kept.
        var place = copies.Hold(key);
        var ticket = await _redis.RetrieveAsync(key);
        copies.Fill(place, ticket);
        return ticket;
    }

    public async Task RemoveAsync(string key)
    {
        await _redis.RemoveAsync(key);
        copies.Drop(key);
    }
}
