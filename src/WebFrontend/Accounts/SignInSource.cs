using System.Net;
using System.Net.Sockets;

namespace OrleansSessions.WebFrontend;

/// <summary>Where a request comes from, as far as one subscriber can be told from another.</summary>
internal static class SignInSource
{
    private const int SubscriberBits = 64;

    /// <summary>An IPv4 address, or an IPv6 /64: a subscriber has the rest of the address to choose from.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        address = address.Unmapped();

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, SubscriberBits / 8, bytes.Length - (SubscriberBits / 8));
        return $"{new IPAddress(bytes)}/{SubscriberBits}";
    }
}
