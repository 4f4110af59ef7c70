namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>The shipped nginx file as it is, but for the port and for where an ordinary user may write.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly string[] TemporaryKinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly ChildProcess _process;

    private Nginx(IEnumerable<RunningServer> servers)
    {
        var port = Ports.Next();
        Address = $"http://127.0.0.1:{port}";
        Write(port, servers);
        _process = ChildProcess.Start("nginx", Programs.Find("nginx")!,
            ["-c", Path.Combine(_folder.Path, "nginx.conf"), "-g", $"daemon off; master_process off; pid {_folder.Path}/nginx.pid; error_log stderr;"]);
    }

    public string Address { get; }

    /// <summary>Starts nginx before servers, and waits until it passes requests on.</summary>
    public static async Task<Nginx> StartAsync(IEnumerable<RunningServer> servers)
    {
        var nginx = new Nginx(servers);
        var browser = new Browser(nginx.Address);
        await Wait.UntilAsync(async () =>
        {
            Assert.False(nginx._process.HasExited, nginx._process.Output);
            return await nginx.AnswersAsync(browser);
        }, Patience, "nginx answers");
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync(Browser browser)
    {
        try
        {
            using var answer = await browser.SendAsync(Address, HttpMethod.Get, "/health/live");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Write(int port, IEnumerable<RunningServer> servers)
    {
        var shipped = File.ReadAllText(Path.Combine(BuiltProgram.Repository, "deploy", "nginx", "nginx.conf"));
        Assert.Contains("listen 8080;", shipped, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.Path, "nginx.conf"), shipped.Replace("listen 8080;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal));
        var temporary = string.Concat(TemporaryKinds.Select(kind => $"{kind}_temp_path {_folder.Path}/{kind};\n"));
        File.WriteAllText(Path.Combine(_folder.Path, "front-ends.conf"),
            $$"""
            {{temporary}}upstream front_ends { {{string.Concat(servers.Select(static server => $"server {new Uri(server.Address).Authority}; "))}}}
            map "" $front_ends { default front_ends; }
            """);
    }
}
