using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrleansSessions.SideBySide;

/// <summary>A TCP proxy on the way from one server to what it depends on, which fails as networks do.</summary>
internal sealed class Link : IDisposable
{
    private readonly TcpListener _listener;
    private readonly int _to;
    private readonly Func<int, bool> _concerns;
    private readonly ConcurrentDictionary<Pair, byte> _pairs = new();
    private volatile LinkState _state;

    private Link(int from, int to, Func<int, bool>? concerns)
    {
        (_to, _concerns) = (to, concerns ?? (_ => true));
        _listener = new TcpListener(IPAddress.Loopback, from);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Opens one.</summary>
    /// <param name="from">The port to listen on.</param>
    /// <param name="to">The port to pass connections on to.</param>
    /// <param name="concerns">Whether a connection fails with the link, by its port at the other side; all do unless it is said.</param>
    public static Link Start(int from, int to, Func<int, bool>? concerns = null) => new(from, to, concerns);

    /// <summary>Lets it work, closes and refuses all connections, or lets their bytes vanish.</summary>
    /// <remarks>What has lost bytes does not go on: those connections are closed when the link works again.</remarks>
    public void Set(LinkState state)
    {
        var before = _state;
        _state = state;
        if (state == LinkState.Cut || before == LinkState.HalfOpen)
        {
            foreach (var pair in _pairs.Keys.Where(pair => pair.IsConcerned))
            {
                pair.Close();
            }
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var pair in _pairs.Keys)
        {
            pair.Close();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync();
                _ = PassAsync(near);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var pair = new Pair(near, far, _concerns(((IPEndPoint)near.RemoteEndPoint!).Port));
        _pairs.TryAdd(pair, default);
        try
        {
            if (_state == LinkState.Cut && pair.IsConcerned)
            {
                return;
            }

            (near.NoDelay, far.NoDelay) = (true, true);
            await far.ConnectAsync(IPAddress.Loopback, _to);
            await Task.WhenAny(PumpAsync(near, far, pair), PumpAsync(far, near, pair));
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Closed by the link, or by one side.
        }
        finally
        {
            pair.Close();
            _pairs.TryRemove(pair, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Pair pair)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                if (_state != LinkState.HalfOpen || !pair.IsConcerned)
                {
                    for (var sent = 0; sent < count;)
                    {
                        sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                    }
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Closed by the link, or by one side.
        }
    }

    private sealed record Pair(Socket Near, Socket Far, bool IsConcerned)
    {
        /// <summary>Both sides see a reset.</summary>
        public void Close()
        {
            Near.Close(0);
            Far.Close(0);
        }
    }
}

/// <summary>How a link is.</summary>
internal enum LinkState
{
    /// <summary>It passes everything on.</summary>
    Working,

    /// <summary>Connections are closed, and new ones too.</summary>
    Cut,

    /// <summary>Bytes vanish, and nobody is told.</summary>
    HalfOpen,
}
