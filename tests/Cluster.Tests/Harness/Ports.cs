using System.Net;
using System.Net.Sockets;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Free ports, from below the range that the system takes the ports of outgoing connections from.</summary>
internal static class Ports
{
    private const int First = 20000;
    private const int Count = 12000;
    private static int _next = Environment.ProcessId * 37 % Count;

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
