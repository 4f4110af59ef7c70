using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;
using OrleansSessions.Grains;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A cluster of one silo with the real grains, on storage in memory.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster;
    private TestFrontEnd? _frontEnd;

    public Cluster()
        : this(static _ => { })
    {
    }

    internal Cluster(Action<LoginSessionOptions> configure, Action<ISiloBuilder>? configureSilo = null)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(StorageNames.Sessions);
            silo.AddMemoryGrainStorage(StorageNames.UserSessions);
            silo.AddMemoryGrainStorage(StorageNames.Lasting);
            silo.UseSystemTextJsonGrainStorageSerializer();
            silo.AddSessionGrains().AddLocalAccounts();
            silo.Services.Configure(configure);
            silo.Services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.Error));
            configureSilo?.Invoke(silo);
        });
        _cluster = builder.Build();
    }

    public IClusterClient Client => _cluster.Client;

    /// <summary>The keys that all front ends of this cluster share.</summary>
    internal MemoryXmlRepository Keys { get; } = new();

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync()
    {
        if (_frontEnd is not null)
        {
            await _frontEnd.DisposeAsync();
        }

        await _cluster.DisposeAsync();
    }

    /// <summary>The front end of all tests that are content with one as it is: it keeps nothing but what sessions have leased to it.</summary>
    internal async Task<TestFrontEnd> FrontEndAsync() => _frontEnd ??= await TestFrontEnd.StartAsync(this);
}

/// <summary>Tests that share one cluster, each with users of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<Cluster>
{
    public const string Name = "one cluster";
}
