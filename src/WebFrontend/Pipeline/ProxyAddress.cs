using System.Net;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansSessions.WebFrontend;

/// <summary>An address or a CIDR range, as a range.</summary>
internal static class ProxyAddress
{
    // ::ffff:0:0/96 holds the IPv4 addresses.
    private const int MappedBits = 96;

    public static bool TryParse(string? text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            address = address.Unmapped();
            network = new IPNetwork(address, 8 * address.GetAddressBytes().Length);
            return true;
        }

        if (!IPNetwork.TryParse(text, out network))
        {
            return false;
        }

        // Connections are told by their IPv4 addresses, so a range of mapped ones would match none.
        if (network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= MappedBits)
        {
            network = new IPNetwork(network.BaseAddress.MapToIPv4(), network.PrefixLength - MappedBits);
        }

        return true;
    }

    /// <summary>An IPv4 address as such, where a socket for both families gives it in the form of the other.</summary>
    public static IPAddress Unmapped(this IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
