using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A front end as it is, on a port of its own, over a test's cluster.</summary>
internal sealed class TestFrontEnd : IAsyncDisposable
{
    // The weight of a hash is for attackers; its presence is what tests look at.
    private const int FewIterations = 500;

    private readonly WebApplication _app;

    private TestFrontEnd(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static async Task<TestFrontEnd> StartAsync(
        Cluster cluster, Action<WebApplicationBuilder>? configure = null, params string[] args)
    {
        var app = WebFrontendHost.Build(
            ["--urls", "http://127.0.0.1:0", "--OrleansSessions:Web:FailedSignInsPerSource=100000", "--OrleansSessions:Web:RegistrationsPerSource=100000", "--OrleansSessions:Client:DirectReads=false", .. args],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(cluster.Client);
                builder.Services.AddSingleton(new ClusterConnection(new AlreadyConnected(), NullLogger<ClusterConnection>.Instance));
                builder.Services.PostConfigure<KeyManagementOptions>(keys => keys.XmlRepository = cluster.Keys);
                builder.Services.PostConfigure<PasswordHasherOptions>(static hasher => hasher.IterationCount = FewIterations);
                configure?.Invoke(builder);
            });
        await app.StartAsync();
        return new TestFrontEnd(app);
    }

    public TestBrowser Browser() => new(Address);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class AlreadyConnected : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
