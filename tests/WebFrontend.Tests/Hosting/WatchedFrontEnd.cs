namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A front end over the shared cluster, for all tests of a class, and what it writes to its log.</summary>
public sealed class WatchedFrontEnd(Cluster cluster) : IAsyncLifetime
{
    private TestFrontEnd? _frontEnd;

    internal TestFrontEnd FrontEnd => _frontEnd!;

    internal LogCapture Log { get; } = new();

    public async Task InitializeAsync() => _frontEnd = await TestFrontEnd.StartAsync(cluster, builder => Log.Listen(builder.Logging));

    public async Task DisposeAsync() => await FrontEnd.DisposeAsync();
}
