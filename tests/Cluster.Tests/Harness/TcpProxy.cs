using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>A wire between two processes, which a test can cut, hold and restore.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _target;
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _wires = new();
    private readonly Task _accepting;
    private volatile bool _isCut;
    private volatile TaskCompletionSource? _hold;
    private volatile string? _fatal;

    /// <summary>Starts one that leads to a port of this machine.</summary>
    public TcpProxy(int target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, Ports.Next());
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Ends all connections, and refuses new ones.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var (client, server) in _wires)
        {
            client.Close();
            server.Close();
        }
    }

    /// <summary>Cuts the wire as soon as the next answer has come back to a request that holds a text.</summary>
    public void CutAfterAnswerTo(string text) => _fatal = text;

    /// <summary>Lets nothing through, and ends nothing: what is sent waits.</summary>
    public void Hold() => _hold ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Restore()
    {
        _isCut = false;
        _fatal = null;
        var hold = _hold;
        _hold = null;
        hold?.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        Restore();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (!_isCut)
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _wires[client] = server;
                var wire = new Wire();
                await Task.WhenAny(
                    PumpAsync(client.GetStream(), server.GetStream(), wire, isRequest: true),
                    PumpAsync(server.GetStream(), client.GetStream(), wire, isRequest: false));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            // One of the two has gone.
        }
        finally
        {
            _wires.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Wire wire, bool isRequest)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer)) > 0)
        {
            await (_hold?.Task ?? Task.CompletedTask);
            if (isRequest && _fatal is { } text && Encoding.Latin1.GetString(buffer, 0, count).Contains(text, StringComparison.Ordinal))
            {
                wire.IsDoomed = true;
            }

            await to.WriteAsync(buffer.AsMemory(0, count));
            if (!isRequest && wire.IsDoomed)
            {
                Cut();
            }
        }
    }

    private sealed class Wire
    {
        public volatile bool IsDoomed;
    }
}
