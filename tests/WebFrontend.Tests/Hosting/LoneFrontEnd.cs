using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A front end without a cluster and without Redis, composed exactly as it runs.</summary>
public sealed class LoneFrontEnd : IAsyncLifetime
{
    // Nothing listens on the discard port.
    private readonly WebApplication _app = WebFrontendHost.Build(
        ["--urls", "http://127.0.0.1:0", "--OrleansSessions:Redis=127.0.0.1:9,connectTimeout=500", $"--OrleansSessions:Client:RetryBudget={Budget}"],
        static builder => builder.Logging.SetMinimumLevel(LogLevel.None));

    /// <summary>Shorter than what a front end has, so that a machine under load still tells one budget from two.</summary>
    public static TimeSpan Budget { get; } = TimeSpan.FromSeconds(3);

    public Uri Address => new(_app.Urls.First());

    public Task InitializeAsync() => _app.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();
}
