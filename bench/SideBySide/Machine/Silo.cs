using System.Globalization;
using OrleansSessions.Contenders;

namespace OrleansSessions.SideBySide;

/// <summary>A silo process.</summary>
internal sealed class Silo : IDisposable
{
    private readonly ChildProcess _process;
    private readonly Uri _address;

    private Silo(ChildProcess process, Uri address, int gateway, int gatewayListensOn) =>
        (_process, _address, Gateway, GatewayListensOn) = (process, address, gateway, gatewayListensOn);

    /// <summary>The process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The port at which front ends look for it.</summary>
    public int Gateway { get; }

    /// <summary>The port at which it listens for them: another one where there is a link in between.</summary>
    public int GatewayListensOn { get; }

    /// <summary>Starts one. Front ends find it by themselves.</summary>
    public static Silo Start(Run run, RedisServer redis, Shape shape)
    {
        var gateway = run.Ports.Next();
        var listensOn = shape.HasLinks ? run.Ports.Next() : gateway;
        var address = new Uri($"http://127.0.0.1:{run.Ports.Next()}");
        string[] arguments = [run.Paths.Silo, "--urls", address.GetLeftPart(UriPartial.Authority), "--gateway-listens-on", $"{listensOn}"];
        var log = Path.Combine(run.NewDirectory("silo"), "log");
        var process = ChildProcess.Start("dotnet", arguments, log, ProductSettings.OfSilo(run, redis, gateway, shape));
        return new Silo(process, address, gateway, listensOn);
    }

    /// <summary>Asks it how it is.</summary>
    /// <param name="collect">Whether to collect garbage first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ServerStats> ReadAsync(bool collect, CancellationToken cancellationToken) =>
        Browser.ReadStatsAsync(_address, collect, cancellationToken);

    /// <summary>How many grains of sessions and users are in memory, in all silos.</summary>
    public async Task<int> CountActivationsAsync(CancellationToken cancellationToken) =>
        int.Parse(await Browser.Client.GetStringAsync(new Uri(_address, "/activations"), cancellationToken), CultureInfo.InvariantCulture);

    public void Dispose() => _process.Dispose();
}
