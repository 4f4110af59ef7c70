using System.Diagnostics;
using System.Globalization;
using System.Net;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Silos and front ends as processes, on one store; co-hosted, each process is both.</summary>
internal sealed class RunningCluster(ITestStore store, ITestOutputHelper? output = null, Dictionary<string, string>? settings = null) : IAsyncDisposable
{
    private const int LinesShown = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Where figures and logs go: the test that is running.</summary>
    public ITestOutputHelper? Output { get; set; } = output;

    public List<RunningServer> Silos { get; } = [];

    public List<RunningServer> FrontEnds { get; } = [];

    /// <summary>Starts store, silos and front ends, and waits until all are ready.</summary>
    public async Task StartAsync(int silos, int frontEnds)
    {
        var started = Stopwatch.GetTimestamp();
        await store.StartAsync();
        for (var i = 0; i < silos; i++)
        {
            LaunchSilo();
        }

        for (var i = 0; i < frontEnds; i++)
        {
            LaunchFrontEnd();
        }

        await UntilReadyAsync();
        Note($"{silos} silos and {frontEnds} front ends ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    /// <summary>Starts a store and web applications that host their sessions themselves, and waits until all are ready.</summary>
    public async Task StartCoHostedAsync(int hosts)
    {
        var started = Stopwatch.GetTimestamp();
        await store.StartAsync();
        for (var i = 0; i < hosts; i++)
        {
            LaunchHost();
        }

        await UntilReadyAsync();
        Note($"{hosts} hosts ready after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    /// <summary>Starts a web application that hosts its sessions itself.</summary>
    /// <param name="own">Settings that this one alone has.</param>
    public RunningServer LaunchHost(Dictionary<string, string>? own = null)
    {
        var number = FrontEnds.Count + 1;
        var host = Launch(FrontEnds, "CoHostedFrontEnd", $"host {number}", Ports.Next(), own, new Dictionary<string, string>
        {
            ["OrleansSessions__Silo__SiloPort"] = Ports.Next().ToString(CultureInfo.InvariantCulture),
            ["OrleansSessions__Silo__DrainPeriod"] = "00:00:02",
            ["OrleansSessions__Web__FrontEndName"] = $"host-{number}",
            ["OrleansSessions__Web__RegistrationsPerSource"] = "100000",
        });
        Silos.Add(host);
        return host;
    }

    /// <summary>Starts a silo.</summary>
    /// <param name="own">Settings that this one alone has.</param>
    public RunningServer LaunchSilo(Dictionary<string, string>? own = null)
    {
        var port = Ports.Next();
        return Launch(Silos, "Silo", $"silo {Silos.Count + 1}", port, own, new Dictionary<string, string>
        {
            ["OrleansSessions__Silo__SiloPort"] = Ports.Next().ToString(CultureInfo.InvariantCulture),
            ["OrleansSessions__Silo__GatewayPort"] = Ports.Next().ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Starts a front end.</summary>
    /// <param name="own">Settings that this one alone has.</param>
    public RunningServer LaunchFrontEnd(Dictionary<string, string>? own = null) =>
        Launch(FrontEnds, "WebFrontend", $"front end {FrontEnds.Count + 1}", Ports.Next(), own, new Dictionary<string, string>
        {
            ["OrleansSessions__Web__FrontEndName"] = $"front-end-{FrontEnds.Count + 1}",
            ["OrleansSessions__Web__RegistrationsPerSource"] = "100000",
        });

    public async Task UntilReadyAsync()
    {
        foreach (var server in Silos.Union(FrontEnds))
        {
            await server.UntilReadyAsync();
        }
    }

    /// <summary>Signs someone in at each front end, which takes longer the first time.</summary>
    public async Task WarmUpAsync()
    {
        var browser = OpenBrowser();
        await Wait.UntilAsync(async () => await browser.TryRegisterAsync(FrontEnds[0]) is HttpStatusCode.Created or HttpStatusCode.Conflict, Patience, "registered");
        foreach (var frontEnd in FrontEnds)
        {
            await Wait.UntilAsync(async () => await browser.TrySignInAsync(frontEnd) == HttpStatusCode.Created, Patience, $"signed in at {frontEnd.Name}");
        }
    }

    /// <summary>Keeps a figure with the test's result.</summary>
    public void Note(string text) => Output?.WriteLine(text);

    /// <summary>A new browser, which knows nobody yet.</summary>
    public Browser OpenBrowser() => new(FrontEnds.Count > 0 ? FrontEnds[0].Address : "");

    /// <summary>A browser of a new user, signed in at the first front end.</summary>
    public async Task<Browser> SignInSomeoneAsync()
    {
        var browser = OpenBrowser();
        await browser.RegisterAsync(FrontEnds[0]);
        await browser.SignInAsync(FrontEnds[0]);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in FrontEnds.Union(Silos))
        {
            await server.DisposeAsync();
        }

        ShowLogs();
        await store.DisposeAsync();
    }

    /// <summary>Puts the latest lines of every process with the test's result: all that is left of them if it fails.</summary>
    public void ShowLogs()
    {
        foreach (var server in FrontEnds.Union(Silos))
        {
            ShowEnd(server.Name, server.Process.Output);
        }
    }

    private RunningServer Launch(
        List<RunningServer> servers, string project, string name, int port, Dictionary<string, string>? own, Dictionary<string, string> environment)
    {
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        environment["OrleansSessions__Redis"] = store.Redis;
        environment["DOTNET_gcServer"] = "0";
        foreach (var (key, value) in (settings ?? []).Concat(own ?? []))
        {
            environment[key] = value;
        }

        var server = new RunningServer(project, name, port, environment);
        server.Launch();
        servers.Add(server);
        return server;
    }

    private void ShowEnd(string name, string text)
    {
        Note($"--- {name}");
        foreach (var line in text.Split('\n').TakeLast(LinesShown))
        {
            Note(line);
        }
    }
}
