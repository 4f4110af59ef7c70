using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Orleans.Configuration;

namespace OrleansSessions.Server;

/// <summary>Where a silo listens, and what address it gives to others.</summary>
internal static class SiloEndpoint
{
    public static void Apply(SiloSettings settings, bool hasGateway, EndpointOptions endpoint)
    {
        var advertised = Resolve(settings.AdvertisedAddress);
        var listen = settings.ListenOnAnyAddress ? AnyOf(advertised.AddressFamily) : advertised;
        endpoint.AdvertisedIPAddress = advertised;
        endpoint.SiloPort = settings.SiloPort;
        endpoint.GatewayPort = hasGateway ? settings.GatewayPort : 0;
        endpoint.SiloListeningEndpoint = new IPEndPoint(listen, settings.SiloPort);
        endpoint.GatewayListeningEndpoint = hasGateway ? new IPEndPoint(listen, settings.GatewayPort) : null;
    }

    /// <summary>Prefers IPv4, where there is a choice.</summary>
    internal static IPAddress? Choose(IEnumerable<IPAddress> addresses) => addresses
        .Where(static address => address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !address.IsIPv6LinkLocal)
        .MinBy(static address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1);

    // Where others come by IPv6, IPv4 comes in by the same socket.
    private static IPAddress AnyOf(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;

    private static IPAddress Resolve(string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            return IPAddress.Loopback;
        }

        if (string.Equals(address, SiloSettings.AutomaticAddress, StringComparison.OrdinalIgnoreCase))
        {
            return Own() ?? throw new StartFailureException("this machine has no address but its own loopback; set OrleansSessions__Silo__AdvertisedAddress.");
        }

        return IPAddress.TryParse(address, out var parsed) ? parsed : LookUp(address);
    }

    private static IPAddress LookUp(string host)
    {
        try
        {
            return Choose(Dns.GetHostAddresses(host))
                ?? throw new StartFailureException($"{host} has no IP address; set OrleansSessions__Silo__AdvertisedAddress.");
        }
        catch (SocketException e)
        {
            throw new StartFailureException($"{host} cannot be resolved; set OrleansSessions__Silo__AdvertisedAddress.", e);
        }
    }

    private static IPAddress? Own() => Choose(
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(static i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(static i => i.GetIPProperties().UnicastAddresses)
            .Select(static a => a.Address));
}
