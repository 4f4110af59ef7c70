using System.Globalization;
using OrleansSessions.Contenders;

namespace OrleansSessions.SideBySide;

/// <summary>A server process of a contender.</summary>
internal sealed class Server : IDisposable
{
    /// <summary>As many grains as silos have when no session is in memory, and some more.</summary>
    private const int GrainsOfTheirOwn = 200;

    private readonly ChildProcess _process;

    private Server(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one.</summary>
    public static Server Start(Run run, Contender contender, Uri address, IEnumerable<Uri> all, RedisServer? redis)
    {
        var log = Path.Combine(run.NewDirectory(contender.Name), "log");
        if (contender.RunsOnNode)
        {
            var production = new Dictionary<string, string> { ["NODE_ENV"] = "production" };
            string[] script = ["--expose-gc", Path.Combine(run.Paths.Express, "server.js"), $"{address.Port}", redis!.Address];
            return new Server(ChildProcess.Start("node", script, log, production), address);
        }

        var peers = string.Join(',', all.Where(other => other != address).Select(other => other.GetLeftPart(UriPartial.Authority)));
        string[] arguments =
        [
            run.Paths.Contenders, "--contender", contender.Server, "--urls", address.GetLeftPart(UriPartial.Authority),
            "--keys", run.Keys, "--redis", redis?.Address ?? "", "--peers", peers,
        ];
        var environment = new Dictionary<string, string>
        {
            ["Cluster__Redis"] = redis?.Address ?? "",
            ["SessionClient__Leases"] = contender.UsesLeases ? "true" : "false",
        };
        return new Server(ChildProcess.Start("dotnet", arguments, log, environment), address);
    }

    /// <summary>Waits until a sign-in succeeds.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        Browser.WaitUntilAsync(
            async () => _process.HasExited
                ? throw new InvalidOperationException($"The server at {Address} ended: {_process.Ending}.")
                : await Browser.SignInAsync(Address, "warm-up", cancellationToken) is not null,
            cancellationToken);

    /// <summary>Asks it how it is.</summary>
    /// <param name="collect">Whether to collect garbage first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ServerStats> ReadAsync(bool collect, CancellationToken cancellationToken) =>
        Browser.ReadStatsAsync(Address, collect, cancellationToken);

    /// <summary>Has the silos behind it forget idle grains.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        int left;
        do
        {
            using var response = await Browser.Client.PostAsync(new Uri(Address, "/forget"), null, cancellationToken);
            left = int.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken), CultureInfo.InvariantCulture);
        }
        while (left > GrainsOfTheirOwn);
    }

    public void Dispose() => _process.Dispose();
}
