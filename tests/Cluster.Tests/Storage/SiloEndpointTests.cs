using System.Net;
using Orleans.Configuration;
using OrleansSessions.Server;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>Where a silo listens.</summary>
public sealed class SiloEndpointTests
{
    [Theory]
    [InlineData("::1", true, "::")]
    [InlineData("127.0.0.1", true, "0.0.0.0")]
    [InlineData("::1", false, "::1")]
    [InlineData(null, false, "127.0.0.1")]
    public void C19_a_silo_listens_in_the_family_that_it_advertises(string? advertised, bool any, string expected)
    {
        var endpoint = new EndpointOptions();

        SiloEndpoint.Apply(new SiloSettings { AdvertisedAddress = advertised, ListenOnAnyAddress = any }, hasGateway: true, endpoint);

        Assert.Equal(IPAddress.Parse(advertised ?? "127.0.0.1"), endpoint.AdvertisedIPAddress);
        Assert.Equal(IPAddress.Parse(expected), endpoint.SiloListeningEndpoint!.Address);
        Assert.Equal(IPAddress.Parse(expected), endpoint.GatewayListeningEndpoint!.Address);
    }

    [Theory]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("fe80::1 2001:db8::7 192.0.2.7", "192.0.2.7")]
    [InlineData("fe80::1", null)]
    public void C19_a_name_with_IPv6_addresses_only_will_do(string addresses, string? expected) =>
        Assert.Equal(expected, SiloEndpoint.Choose(addresses.Split(' ').Select(IPAddress.Parse))?.ToString());
}
