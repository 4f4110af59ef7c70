using System.Text.Json;

namespace OrleansSessions.SideBySide;

/// <summary>YARP with session affinity by cookie, and health checks, as its documentation sets them up.</summary>
internal sealed class YarpBalancer(Run run) : IBalancer
{
    private readonly int _port = run.Ports.Next();
    private readonly string _directory = run.NewDirectory("yarp");
    private ChildProcess? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public int ProcessId => _process!.Id;

    private string File => Path.Combine(_directory, "routes.json");

    public async Task SetServersAsync(IEnumerable<Uri> servers, CancellationToken cancellationToken)
    {
        await System.IO.File.WriteAllTextAsync(File, Configuration(servers), cancellationToken);
        _process ??= ChildProcess.Start(
            "dotnet",
            [run.Paths.Contenders, "--contender", "sticky-balancer", "--urls", Address.ToString(), "--routes", File, "--keys", run.Keys],
            Path.Combine(_directory, "log"));
        await Browser.WaitUntilUpAsync(new Uri(Address, "/health"), cancellationToken);
    }

    public void Dispose() => _process?.Dispose();

    private static string Configuration(IEnumerable<Uri> servers) => JsonSerializer.Serialize(new
    {
        ReverseProxy = new
        {
            Routes = new { all = new { ClusterId = "servers", Match = new { Path = "{**path}" } } },
            Clusters = new
            {
                servers = new
                {
                    SessionAffinity = new
                    {
                        Enabled = true,
                        Policy = "HashCookie",
                        FailurePolicy = "Redistribute",
                        AffinityKeyName = "affinity",
                    },
                    HealthCheck = new
                    {
                        Passive = new { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = "00:00:10" },
                        Active = new { Enabled = true, Policy = "ConsecutiveFailures", Interval = "00:00:01", Timeout = "00:00:01", Path = "/health" },
                    },
                    Destinations = servers.ToDictionary(server => $"{server.Port}", server => new { Address = server.ToString() }),
                },
            },
        },
    });
}
