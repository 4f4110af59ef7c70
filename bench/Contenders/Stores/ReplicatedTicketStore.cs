using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace OrleansSessions.Contenders;

/// <summary>Reads from this server's memory, writes to that of all servers.</summary>
internal sealed class ReplicatedTicketStore(MemoryTicketStore local, Peers peers) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = TicketKeys.Create();
        await RenewAsync(key, ticket);
        return key;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        await local.RenewAsync(key, ticket);
        await peers.SendAsync(HttpMethod.Put, key, TicketSerializer.Default.Serialize(ticket));
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => local.RetrieveAsync(key);

    public async Task RemoveAsync(string key)
    {
        await local.RemoveAsync(key);
        await peers.SendAsync(HttpMethod.Delete, key, []);
    }
}
