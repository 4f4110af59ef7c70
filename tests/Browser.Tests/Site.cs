using Microsoft.Playwright;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Browser.Tests;

/// <summary>The newcomer's cluster, and a headless Chromium before it.</summary>
public class Site : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // For a sandboxed machine without a network: nothing but the pages under test is asked for.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP portal.test 127.0.0.1",
    ];

    private ChildProcess? _cluster;
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    /// <summary>The first front end.</summary>
    public string One { get; private set; } = "";

    /// <summary>The second front end.</summary>
    public string Two { get; private set; } = "";

    /// <summary>How the cluster is composed.</summary>
    private protected virtual string[] Options => [];

    public async Task InitializeAsync()
    {
        if (Programs.Find("chromium") is not { } chromium)
        {
            return;
        }

        var port = PairOfPorts();
        (One, Two) = ($"http://localhost:{port}", $"http://localhost:{port + 1}");
        _cluster = BuiltProgram.Start("LocalCluster", "local cluster", ["--ephemeral", "--port", $"{port}", .. Options]);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Headless = true, Args = Flags });
        await Wait.UntilAsync(() =>
        {
            Assert.False(_cluster.HasExited, _cluster.Output);
            return _cluster.Output.Contains("is running", StringComparison.Ordinal);
        }, Patience, "the cluster runs");
    }

    /// <summary>A browser on another device: it shares nothing with the others.</summary>
    public async Task<IPage> OpenDeviceAsync(string at, bool javaScript = true)
    {
        var context = await _chromium!.NewContextAsync(new() { BaseURL = at, JavaScriptEnabled = javaScript });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        return page;
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    private static int PairOfPorts()
    {
        var port = Ports.Next();
        for (var next = Ports.Next(); next != port + 1; next = Ports.Next())
        {
            port = next;
        }

        return port;
    }
}
