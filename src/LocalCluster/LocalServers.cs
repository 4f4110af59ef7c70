using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansSessions.LocalCluster.CommandLine;
using OrleansSessions.LocalCluster.Store;
using OrleansSessions.Server;
using OrleansSessions.WebFrontend;

namespace OrleansSessions.LocalCluster;

/// <summary>The silos and front ends of one process. They stop in the opposite order.</summary>
internal sealed class LocalServers(LocalOptions options, IStore store) : IAsyncDisposable
{
    private readonly Stack<WebApplication> _running = new();

    /// <summary>Where the front ends are reached.</summary>
    public IReadOnlyList<string> FrontEnds { get; } =
        [.. Enumerable.Range(options.Port, options.FrontEnds).Select(static port => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"))];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < (options.CoHosted ? 0 : options.Silos); i++)
        {
            await StartAsync(SiloHost.Build(SiloArguments(), static silo => silo.AddLocalAccounts(), Embed), cancellationToken);
        }

        for (var i = 0; i < FrontEnds.Count; i++)
        {
            await StartAsync(
                options.CoHosted
                    ? WebFrontendHost.Build([.. FrontEndArguments(i), .. HostArguments()], Embed, AddServer)
                    : WebFrontendHost.Build(FrontEndArguments(i), Embed),
                cancellationToken);
        }

        // A front end that hosts the sessions itself listens before it can answer.
        foreach (var access in _running.Select(static server => server.Services.GetService<IClusterAccess>()).OfType<IClusterAccess>())
        {
            await access.Established.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var server))
        {
            await server.StopAsync();
            await server.DisposeAsync();
        }
    }

    private async Task StartAsync(WebApplication server, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken);
            _running.Push(server);
        }
        catch
        {
            // What has not started cannot be stopped.
            await server.DisposeAsync();
            throw;
        }
    }

    private string[] SiloArguments() =>
    [
        .. Common(),
        $"--OrleansSessions:Silo:SiloPort={LocalPorts.Find()}",
        $"--OrleansSessions:Silo:GatewayPort={LocalPorts.Find()}",
        $"--urls=http://127.0.0.1:{LocalPorts.Find()}",
    ];

    private static string[] HostArguments() =>
        [$"--OrleansSessions:Silo:SiloPort={LocalPorts.Find()}", "--OrleansSessions:Silo:DrainPeriod=00:00:00"];

    private static void AddServer(WebApplicationBuilder builder) => builder.AddOrleansSessionsServer(static silo => silo.AddLocalAccounts());

    private string[] FrontEndArguments(int index) =>
        [.. Common(), $"--urls={FrontEnds[index]}", $"--OrleansSessions:Web:FrontEndName=front end {index + 1}"];

    private IEnumerable<string> Common()
    {
        yield return $"--OrleansSessions:Redis={store.Redis}";
        yield return $"--OrleansSessions:ClusterId={store.ClusterId}";
        if (Environment.GetEnvironmentVariable("Logging__LogLevel__Default") is null)
        {
            // Quiet, so that the addresses stay in sight.
            yield return "--Logging:LogLevel:Default=Warning";
            yield return "--Logging:LogLevel:Orleans=Error";
            yield return "--Logging:LogLevel:OrleansSessions=Warning";
            yield return "--Logging:LogLevel:Microsoft.AspNetCore.Antiforgery=Error";
        }
    }

    // Ctrl-C is for the whole: were each server to hear of it, the store could be gone before the silos.
    private static void Embed(WebApplicationBuilder builder) => builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();

    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
