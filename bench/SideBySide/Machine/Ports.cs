using System.Net;
using System.Net.Sockets;

namespace OrleansSessions.SideBySide;

/// <summary>Hands out free ports of 127.0.0.1, each one after the last, in a range of its own.</summary>
internal sealed class Ports(int first)
{
    private const int Count = 500;

    private int _taken = -1;

    /// <summary>A port that nobody listens on.</summary>
    public int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = first + (Interlocked.Increment(ref _taken) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port is free from {first} to {first + Count - 1}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
