using OrleansSessions.Contenders;

namespace OrleansSessions.SideBySide;

/// <summary>A silo process.</summary>
internal sealed class Silo : IDisposable
{
    private readonly ChildProcess _process;
    private readonly Uri _address;

    private Silo(ChildProcess process, Uri address) => (_process, _address) = (process, address);

    /// <summary>Starts one. Front ends find it by themselves.</summary>
    public static Silo Start(Run run, RedisServer redis)
    {
        var environment = new Dictionary<string, string>
        {
            ["Cluster__Redis"] = redis.Address,
            ["Silo__SiloPort"] = $"{run.Ports.Next()}",
            ["Silo__GatewayPort"] = $"{run.Ports.Next()}",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__OrleansSessions"] = "Warning",
        };
        var address = new Uri($"http://127.0.0.1:{run.Ports.Next()}");
        string[] arguments = [run.Paths.Silo, "--urls", address.GetLeftPart(UriPartial.Authority)];
        var log = Path.Combine(run.NewDirectory("silo"), "log");
        return new Silo(ChildProcess.Start("dotnet", arguments, log, environment), address);
    }

    /// <summary>Asks it how it is.</summary>
    /// <param name="collect">Whether to collect garbage first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ServerStats> ReadAsync(bool collect, CancellationToken cancellationToken) =>
        Browser.ReadStatsAsync(_address, collect, cancellationToken);

    public void Dispose() => _process.Dispose();
}
