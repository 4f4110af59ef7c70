using Microsoft.AspNetCore.Builder;
using LoginSessionOptions = OrleansSessions.Grains.LoginSessionOptions;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A cluster for one test, with settings of its own.</summary>
internal sealed class OwnCluster(Action<LoginSessionOptions> configure, Action<ISiloBuilder>? configureSilo = null) : IAsyncDisposable
{
    private readonly Cluster _cluster = new(configure, configureSilo);

    public async Task<TestFrontEnd> StartFrontEndAsync(Action<WebApplicationBuilder>? configureFrontEnd = null)
    {
        await _cluster.InitializeAsync();
        return await TestFrontEnd.StartAsync(_cluster, configureFrontEnd);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
