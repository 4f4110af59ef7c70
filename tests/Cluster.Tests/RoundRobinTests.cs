using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>The shipped nginx file before two front ends: no stickiness, and none needed.</summary>
public sealed class RoundRobinTests(ITestOutputHelper output)
{
    private static readonly string[] TemporaryKinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [RequiresProgramFact("redis-server", "nginx")]
    public async Task Behind_nginx_one_browser_is_served_by_both_front_ends()
    {
        await using var cluster = new RunningCluster(new RedisServer(), output);
        await cluster.StartAsync(silos: 1, frontEnds: 2);
        var port = Ports.Next();
        using var folder = new TemporaryFolder();
        await using var nginx = Start(folder.Path, port, cluster);
        var address = $"http://127.0.0.1:{port}";
        var browser = await cluster.SignInSomeoneAsync();
        await Wait.UntilAsync(async () =>
        {
            Assert.False(nginx.HasExited, nginx.Output);
            return await AnswersAsync(browser, address);
        }, Patience, "nginx answers");

        var served = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            served.Add(await browser.FrontEndAsync(address));
        }

        Assert.InRange(served.Count(static name => name == "front-end-1"), 3, 7);
        Assert.InRange(served.Count(static name => name == "front-end-2"), 3, 7);
    }

    // The shipped file as it is, but for the port and for where an ordinary user may write.
    private static ChildProcess Start(string folder, int port, RunningCluster cluster)
    {
        var shipped = File.ReadAllText(Path.Combine(BuiltProgram.Repository, "deploy", "nginx", "nginx.conf"));
        Assert.Contains("listen 8080;", shipped, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "nginx.conf"),
            shipped.Replace("listen 8080;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal));
        var servers = string.Concat(cluster.FrontEnds.Select(static f => $"server {new Uri(f.Address).Authority}; "));
        var temporary = string.Concat(TemporaryKinds.Select(kind => $"{kind}_temp_path {folder}/{kind};\n"));
        File.WriteAllText(Path.Combine(folder, "front-ends.conf"),
            $$"""
            {{temporary}}upstream front_ends { {{servers}}}
            map "" $front_ends { default front_ends; }
            """);
        return ChildProcess.Start("nginx", Programs.Find("nginx")!,
            ["-c", Path.Combine(folder, "nginx.conf"), "-g", $"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;"]);
    }

    private static async Task<bool> AnswersAsync(Browser browser, string address)
    {
        try
        {
            using var answer = await browser.SendAsync(address, HttpMethod.Get, "/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
