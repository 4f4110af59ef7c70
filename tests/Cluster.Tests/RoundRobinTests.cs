using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>The shipped nginx file before two front ends: no stickiness, and none needed.</summary>
public sealed class RoundRobinTests(ITestOutputHelper output)
{
    [RequiresProgramFact("redis-server", "nginx")]
    public async Task Behind_nginx_one_browser_is_served_by_both_front_ends()
    {
        await using var cluster = new RunningCluster(new RedisServer(), output);
        await cluster.StartAsync(silos: 1, frontEnds: 2);
        await using var nginx = await Nginx.StartAsync(cluster.FrontEnds);
        var browser = await cluster.SignInSomeoneAsync();

        var served = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            served.Add(await browser.FrontEndAsync(nginx.Address));
        }

        Assert.InRange(served.Count(static name => name == "front-end-1"), 3, 7);
        Assert.InRange(served.Count(static name => name == "front-end-2"), 3, 7);
    }
}
