using System.Net;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansSessions.WebFrontend;

/// <summary>An address or a CIDR range, as a range.</summary>
internal static class ProxyAddress
{
    public static bool TryParse(string? text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, 8 * address.GetAddressBytes().Length);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
