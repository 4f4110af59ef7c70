extern alias SplitFrontEnd;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Samples.Tests;

public sealed partial class SplitFrontEndTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_front_ends_share_the_sessions_of_the_local_cluster()
    {
        await using var cluster = BuiltProgram.Start("LocalCluster", "local cluster", ["--ephemeral", "--frontends", "1", "--port", $"{Ports.Next()}"]);
        await Wait.UntilAsync(() => Invitation().IsMatch(cluster.Output), Patience, "the cluster says how to join it");
        var invitation = Invitation().Match(cluster.Output);
        await using var one = Join(invitation);
        await using var two = Join(invitation);
        var browser = new Visitor(one.CreateClient(new() { HandleCookies = false }));
        await Wait.UntilAsync(async () => await browser.GetAsync("/health/ready") == HttpStatusCode.OK, Patience, "the front end is ready");
        await browser.PostAsync("/sign-in/alice");

        Assert.Equal("""{"user":"alice"}""", await browser.ReadAsync(HttpMethod.Get, "/me"));
        var elsewhere = browser.At(two.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false }));
        await Wait.UntilAsync(async () => await elsewhere.GetAsync("/health/ready") == HttpStatusCode.OK, Patience, "the other front end is ready");
        Assert.Equal("""{"user":"alice"}""", await elsewhere.ReadAsync(HttpMethod.Get, "/me"));

        await elsewhere.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.GetAsync("/me"));
    }

    private static WebApplicationFactory<SplitFrontEnd::Program> Join(Match invitation) =>
        new WebApplicationFactory<SplitFrontEnd::Program>().WithWebHostBuilder(host => host
            .UseSetting("OrleansSessions:Redis", invitation.Groups[1].Value)
            .UseSetting("OrleansSessions:ClusterId", invitation.Groups[2].Value));

    [GeneratedRegex(@"OrleansSessions__Redis=(\S+) OrleansSessions__ClusterId=(\S+)")]
    private static partial Regex Invitation();
}
