extern alias ExistingCluster;
using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Samples.Tests;

public sealed class ExistingClusterTests
{
    [Fact]
    public async Task A_silos_own_grain_serves_who_is_signed_in()
    {
        await using var application = new WebApplicationFactory<ExistingCluster::Program>().WithWebHostBuilder(static host =>
            host.UseSetting("SiloPort", $"{Ports.Next()}").UseSetting("GatewayPort", $"{Ports.Next()}"));
        var browser = new Visitor(application.CreateClient(new() { HandleCookies = false }));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.PostAsync("/cart/book"));
        await browser.PostAsync("/sign-in/alice");

        Assert.Equal("""{"items":["book"]}""", await browser.ReadAsync(HttpMethod.Post, "/cart/book"));
        Assert.Equal("""{"items":["book","pen"]}""", await browser.ReadAsync(HttpMethod.Post, "/cart/pen"));

        await browser.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.PostAsync("/cart/cup"));
    }
}
