using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace OrleansSessions.SideBySide;

/// <summary>An open connection to a SignalR hub, which notes when it is cut.</summary>
internal sealed class HubConnection : IDisposable
{
    // The JSON protocol's handshake; 0x1E ends each of its messages.
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");

    private readonly ClientWebSocket _socket = new();

    private HubConnection()
    {
    }

    /// <summary>When the connection was cut, as a timestamp.</summary>
    public Task<long> Cut { get; private set; } = Task.FromResult(0L);

    /// <summary>Opens one, and returns once the hub has accepted it.</summary>
    public static async Task<HubConnection> OpenAsync(Uri server, string cookies, CancellationToken cancellationToken)
    {
        var connection = new HubConnection();
        connection._socket.Options.SetRequestHeader("Cookie", cookies);
        await connection._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/hub" }.Uri, cancellationToken);
        await connection._socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        await connection._socket.ReceiveAsync(new byte[64], cancellationToken);
        connection.Cut = connection.ReadToEndAsync(cancellationToken);
        return connection;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<long> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        try
        {
            while ((await _socket.ReceiveAsync(buffer, cancellationToken)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut without a word, which is an end as well.
        }

        return Stopwatch.GetTimestamp();
    }
}
