using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Orleans.Configuration;

namespace OrleansSessions.Server;

/// <summary>Makes sure, before a silo joins, that its ports can be had: later it would tell of it in pages of stack traces.</summary>
internal static class PortCheck
{
    /// <summary>Checks the port for other silos.</summary>
    public static void CheckSilo(EndpointOptions endpoint) =>
        Check(endpoint.SiloListeningEndpoint!, "OrleansSessions__Silo__SiloPort or OrleansSessions__Silo__AdvertisedAddress");

    /// <summary>Checks all ports of a silo in a process of its own.</summary>
    public static void Check(EndpointOptions endpoint, string? urls)
    {
        CheckSilo(endpoint);
        Check(endpoint.GatewayListeningEndpoint!, "OrleansSessions__Silo__GatewayPort or OrleansSessions__Silo__AdvertisedAddress");
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Check(Parse(url), "ASPNETCORE_URLS");
        }
    }

    private static IPEndPoint Parse(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return new IPEndPoint(IPAddress.TryParse(address.Host, out var ip) ? ip : IPAddress.Loopback, address.Port);
        }
        catch (FormatException e)
        {
            throw new StartFailureException($"{url} is not an address to listen on; set ASPNETCORE_URLS.", e);
        }
    }

    private static void Check(IPEndPoint endpoint, string settings)
    {
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endpoint);
        }
        catch (SocketException e)
        {
            throw new StartFailureException($"{endpoint} cannot be listened on ({e.SocketErrorCode}); set {settings}.", e);
        }
    }
}
