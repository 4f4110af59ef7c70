using System.Net;
using System.Net.Sockets;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>A network that has IPv6 only.</summary>
public sealed class Ipv6Tests(ITestOutputHelper output)
{
    [RequiresProgramFact("redis-server")]
    public async Task C19_silo_front_end_and_Redis_meet_by_IPv6()
    {
        if (!Socket.OSSupportsIPv6)
        {
            output.WriteLine("This machine has no IPv6.");
            return;
        }

        var store = new RedisServer("--bind", "127.0.0.1", "::1");
        await using var cluster = new RunningCluster(store, output, new()
        {
            ["OrleansSessions__Redis"] = $"redis://[::1]:{store.Port}",
            ["OrleansSessions__Silo__AdvertisedAddress"] = "::1",
            ["OrleansSessions__Silo__ListenOnAnyAddress"] = "true",
        });

        await cluster.StartAsync(silos: 2, frontEnds: 1);
        var browser = await cluster.SignInSomeoneAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(cluster.FrontEnds[0]));
    }
}
