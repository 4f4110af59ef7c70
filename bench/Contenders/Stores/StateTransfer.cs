using Microsoft.AspNetCore.Authentication;

namespace OrleansSessions.Contenders;

/// <summary>A server that joins makes itself known to the others, and then copies what they hold.</summary>
internal sealed class StateTransfer(IConfiguration configuration, Peers peers, MemoryTicketStore store) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        foreach (var peer in peers.Addresses)
        {
            try
            {
                using var known = await client.PostAsync(
                    new Uri($"{peer}/peers?address={Uri.EscapeDataString(configuration["address"]!)}"), null, cancellationToken);
                var copy = await client.GetFromJsonAsync<Dictionary<string, byte[]>>(new Uri($"{peer}/replica"), cancellationToken);
                foreach (var (key, ticket) in copy!)
                {
                    await store.RenewAsync(key, TicketSerializer.Default.Deserialize(ticket)!);
                }
            }
            catch (HttpRequestException)
            {
                // Not there yet: that one will ask this one.
            }
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
