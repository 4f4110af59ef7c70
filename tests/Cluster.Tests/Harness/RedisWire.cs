using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Asks one server of several, without a client that would look for the others.</summary>
internal static class RedisWire
{
    /// <summary>Runs a command.</summary>
    /// <returns>The answer as it came, or nothing where nobody answers.</returns>
    public static async Task<string> AskAsync(int port, string command)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"));

            // The server answers what it has been asked, and ends the connection.
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadToEndAsync();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return "";
        }
    }
}
