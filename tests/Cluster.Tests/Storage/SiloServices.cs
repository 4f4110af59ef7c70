using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Server;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>What a silo is made of, without the silo: its storages on a store, and what is logged.</summary>
internal sealed class SiloServices : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StorageLifecycle _lifecycle = new();

    private SiloServices(WebApplication app) => _app = app;

    public required LogEntries Log { get; init; }

    public IServiceProvider Services => _app.Services;

    public static async Task<SiloServices> StartAsync(string redis, params string[] arguments)
    {
        var log = new LogEntries();
        string[] common =
        [
            $"--OrleansSessions:Redis={redis}",
            $"--OrleansSessions:Silo:SiloPort={Ports.Next().ToString(CultureInfo.InvariantCulture)}",
            $"--OrleansSessions:Silo:GatewayPort={Ports.Next().ToString(CultureInfo.InvariantCulture)}",
            $"--urls=http://127.0.0.1:{Ports.Next()}",
        ];
        var services = new SiloServices(SiloHost.Build([.. common, .. arguments], static silo => silo.AddLocalAccounts(), builder => builder.Logging.AddProvider(log))) { Log = log };
        foreach (var participant in services.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>().OfType<IGrainStorage>())
        {
            ((ILifecycleParticipant<ISiloLifecycle>)participant).Participate(services._lifecycle);
        }

        await services._lifecycle.StartAsync();
        return services;
    }

    public IGrainStorage Storage(string name) => Services.GetRequiredKeyedService<IGrainStorage>(name);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Starts those who subscribe.</summary>
    private sealed class StorageLifecycle : ISiloLifecycle
    {
        private readonly List<ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => int.MinValue;

        public int LowestStoppedStage => int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(observer);
            return new MemoryStream();
        }

        public Task StartAsync() => Task.WhenAll(_observers.Select(static observer => observer.OnStart(CancellationToken.None)));
    }
}
