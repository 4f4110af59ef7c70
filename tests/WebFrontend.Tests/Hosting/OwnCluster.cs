using OrleansSessions.Grains;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A cluster for one test, with settings of its own.</summary>
internal sealed class OwnCluster(Action<SessionOptions> configure) : IAsyncDisposable
{
    private readonly Cluster _cluster = new(configure);

    public async Task<TestFrontEnd> StartFrontEndAsync()
    {
        await _cluster.InitializeAsync();
        return await TestFrontEnd.StartAsync(_cluster);
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
