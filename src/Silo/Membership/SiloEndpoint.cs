using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Orleans.Configuration;
using OrleansSessions.Silo.Hosting;

namespace OrleansSessions.Silo.Membership;

/// <summary>Where a silo listens, and what address it gives to others.</summary>
internal static class SiloEndpoint
{
    public static void Apply(SiloSettings settings, EndpointOptions endpoint)
    {
        var advertised = Resolve(settings.AdvertisedAddress);
        var listen = settings.ListenOnAnyAddress ? IPAddress.Any : advertised;
        endpoint.AdvertisedIPAddress = advertised;
        endpoint.SiloPort = settings.SiloPort;
        endpoint.GatewayPort = settings.GatewayPort;
        endpoint.SiloListeningEndpoint = new IPEndPoint(listen, settings.SiloPort);
        endpoint.GatewayListeningEndpoint = new IPEndPoint(listen, settings.GatewayPort);
    }

    private static IPAddress Resolve(string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            return IPAddress.Loopback;
        }

        if (string.Equals(address, SiloSettings.AutomaticAddress, StringComparison.OrdinalIgnoreCase))
        {
            return Own() ?? throw new StartFailureException("this machine has no IPv4 address; set OrleansSessions__Silo__AdvertisedAddress.");
        }

        return IPAddress.TryParse(address, out var parsed) ? parsed : LookUp(address);
    }

    private static IPAddress LookUp(string host)
    {
        try
        {
            return Array.Find(Dns.GetHostAddresses(host), static a => a.AddressFamily == AddressFamily.InterNetwork)
                ?? throw new StartFailureException($"{host} has no IPv4 address; set OrleansSessions__Silo__AdvertisedAddress.");
        }
        catch (SocketException e)
        {
            throw new StartFailureException($"{host} cannot be resolved; set OrleansSessions__Silo__AdvertisedAddress.", e);
        }
    }

    private static IPAddress? Own() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(static i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(static i => i.GetIPProperties().UnicastAddresses)
            .Select(static a => a.Address)
            .FirstOrDefault(static a => a.AddressFamily == AddressFamily.InterNetwork);
}
