using System.Net.Sockets;
using System.Text;

namespace OrleansSessions.Contenders;

/// <summary>A connection on which Redis tells of each ticket that changes (CLIENT TRACKING in broadcasting mode, RESP3).</summary>
/// <remarks>
/// As the documentation of client-side caching asks: it is pinged, and where it is lost or does not answer, all copies go,
/// and none is kept until there is another one.
/// </remarks>
internal sealed class RedisInvalidations(IConfiguration configuration, TrackedCopies copies) : BackgroundService
{
    private static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is IOException or SocketException or TimeoutException or OperationCanceledException)
            {
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        using var client = new TcpClient();
        var address = configuration["redis"]!.Split(':');
        await client.ConnectAsync(address[0], int.Parse(address[1], null), stoppingToken).AsTask().WaitAsync(Patience, stoppingToken);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await SendAsync(stream, $"HELLO 3\r\nCLIENT TRACKING on BCAST PREFIX {TicketKeys.Prefix}\r\n", stoppingToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var pings = PingAsync(stream, end.Token);
        try
        {
            while (await reader.ReadLineAsync(stoppingToken).AsTask().WaitAsync(Patience, stoppingToken) is { } line)
            {
                // The only "+OK" is the answer to CLIENT TRACKING; a key comes as a line of its own; null stands for all keys.
                if (line == "+OK" || line == "_")
                {
                    copies.Flush(isTracking: true);
                }
                else if (line.StartsWith(TicketKeys.Prefix, StringComparison.Ordinal))
                {
                    copies.Drop(line);
                }
            }

            throw new IOException("Redis closed the connection.");
        }
        finally
        {
            copies.Flush(isTracking: false);
            await end.CancelAsync();
            await pings.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PingAsync(NetworkStream stream, CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(PingPeriod, end);
            await SendAsync(stream, "PING\r\n", end);
        }
    }

    private static ValueTask SendAsync(NetworkStream stream, string commands, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(commands), cancellationToken);
}
