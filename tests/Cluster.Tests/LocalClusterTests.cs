using System.Net;
using System.Net.Sockets;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests;

/// <summary>The newcomer's cluster: it starts, keeps logins, stops, and says in one line why it cannot.</summary>
public sealed class LocalClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_login_survives_a_restart_of_the_whole_thing_and_the_folder_is_used_by_one_at_a_time()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.Next();
        string[] arguments = ["--data", folder.Path, "--port", $"{port}", "--frontends", "1", "--silos", "2"];
        var browser = new Browser($"http://localhost:{port}");

        await using (var first = await StartAsync(arguments))
        {
            using var registered = await browser.SendAsync(browser.Address, HttpMethod.Post, "/api/accounts", new { userName = browser.UserName, password = "correct horse battery" });
            using var signedIn = await browser.SendAsync(browser.Address, HttpMethod.Post, "/api/session", new { userName = browser.UserName, password = "correct horse battery" });
            Assert.Equal(HttpStatusCode.Created, signedIn.StatusCode);

            await using var second = Start("--data", folder.Path, "--port", $"{Ports.Next()}", "--frontends", "1");
            await AssertRefusedAsync(second, "another LocalCluster");

            // Not INT: where the tests run in the background of a shell, that one is ignored by inheritance.
            await first.SignalAsync("TERM");
            Assert.Equal(0, await first.WaitForExitAsync());
        }

        await using var again = await StartAsync(arguments);
        Assert.Equal("front end 1", await browser.FrontEndAsync(browser.Address));
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, Ports.Next());
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var process = Start("--ephemeral", "--frontends", "1", "--port", $"{port}");

        await AssertRefusedAsync(process, $"port {port}");
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--silos=0")]
    [InlineData("--port=70000")]
    [InlineData("--redis")]
    [InlineData("--data=x", "--ephemeral")]
    public async Task A_bad_option_is_told_in_one_line(params string[] arguments)
    {
        await using var process = Start(arguments);

        await AssertRefusedAsync(process, "--");
    }

    [Fact]
    public async Task Help_is_given()
    {
        await using var process = Start("--help");

        Assert.Equal(0, await process.WaitForExitAsync());
        Assert.Contains("--ephemeral", process.Output, StringComparison.Ordinal);
    }

    private static ChildProcess Start(params string[] arguments) => BuiltProgram.Start("LocalCluster", "local cluster", arguments);

    private static async Task<ChildProcess> StartAsync(string[] arguments)
    {
        var process = Start(arguments);
        await Wait.UntilAsync(() =>
        {
            Assert.False(process.HasExited, process.Output);
            return process.Output.Contains("is running", StringComparison.Ordinal);
        }, Patience, "it runs");
        return process;
    }

    private static async Task AssertRefusedAsync(ChildProcess process, string reason)
    {
        Assert.NotEqual(0, await process.WaitForExitAsync());
        Assert.Contains(reason, Assert.Single(process.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
