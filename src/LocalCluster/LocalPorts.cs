using System.Net;
using System.Net.Sockets;

namespace OrleansSessions.LocalCluster;

/// <summary>Ports on 127.0.0.1.</summary>
internal static class LocalPorts
{
    /// <summary>Makes sure that the front ends' ports can be had, before anything starts.</summary>
    public static void CheckFree(int first, int count)
    {
        for (var port = first; port < first + count; port++)
        {
            try
            {
                using var socket = Bind(port);
            }
            catch (SocketException e)
            {
                throw new LocalFailureException($"port {port} cannot be listened on ({e.SocketErrorCode}); choose others with --port.", e);
            }
        }
    }

    /// <summary>Finds a port that nobody uses.</summary>
    public static int Find()
    {
        using var socket = Bind(0);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }
}
