using System.Diagnostics;
using System.Globalization;
using OrleansSessions.Contenders;

namespace OrleansSessions.SideBySide;

/// <summary>A server process of a contender.</summary>
internal sealed class Server : IDisposable
{
    /// <summary>As many grains as silos have when no session is in memory, and some more.</summary>
    private const int GrainsOfTheirOwn = 200;

    private static readonly TimeSpan LongestForgetting = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _process;

    private Server(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts one.</summary>
    public static Server Start(Run run, Contender contender, Uri address, Surroundings around)
    {
        var log = Path.Combine(run.NewDirectory(contender.Name), "log");
        if (contender.RunsOnNode)
        {
            var production = new Dictionary<string, string> { ["NODE_ENV"] = "production" };
            string[] script = ["--expose-gc", Path.Combine(run.Paths.Express, "server.js"), $"{address.Port}", around.Redis!];
            return new Server(ChildProcess.Start("node", script, log, production), address);
        }

        string[] arguments =
        [
            run.Paths.Contenders, "--contender", contender.Server, "--urls", Origin(address), "--keys", run.Keys,
            "--redis", around.Redis ?? "", "--postgres", around.Postgres is null ? "" : PostgresServer.ConnectionString(around.Postgres),
            "--address", Origin(around.Address), "--peers", string.Join(',', around.Peers.Select(Origin)),
            .. around.Silo is { } silo ? ["--silo-listens-on", $"{silo.ListensOn}"] : Array.Empty<string>(),
        ];
        var settings = around.Silo is { } own ? ProductSettings.OfCoHosted(contender, around.Redis, own)
            : contender.UsesSilos ? ProductSettings.OfFrontEnd(contender, around.Redis)
            : null;
        return new Server(ChildProcess.Start("dotnet", arguments, log, settings), address);
    }

    /// <summary>Stops it for a while, as a long pause of its machine would.</summary>
    public Task PauseAsync() => _process.SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => _process.SignalAsync("CONT");

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
    /// <exception cref="TimeoutException">Some stay in memory.</exception>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        int left;
        do
        {
            if (Stopwatch.GetElapsedTime(began) > LongestForgetting)
            {
                throw new TimeoutException("Grains that were to be forgotten stay in memory.");
            }

            using var response = await Browser.Client.PostAsync(new Uri(Address, "/forget"), null, cancellationToken);
            left = int.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken), CultureInfo.InvariantCulture);
        }
        while (left > GrainsOfTheirOwn);
    }

    public void Dispose() => _process.Dispose();

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
