using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>An application behind a port of its own, over grains in memory.</summary>
internal sealed class LiveApplication : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly RecordedLog _log = new();

    private LiveApplication(TestSilos silos, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("OrleansSessions:Client:DirectReads", (string?)"false")]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton<IClusterClient>(silos.Cluster.Client);
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(SessionDefaults.AuthenticationScheme).AddOrleansSessions();
        add(builder.Services);
        _application = builder.Build();
        _application.UseAuthentication();
        _application.UseAuthorization();
        map(_application);
        _application.MapPost("/sign-in/{user}", static async (HttpContext context, string user) =>
        {
            await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "test")));
            return "signed in";
        });
        _application.MapPost("/sign-out", static async (HttpContext context) =>
        {
            await context.SignOutAsync();
            return "signed out";
        });
    }

    public Uri Address => new(_application.Urls.Single());

    public IReadOnlyCollection<string> Log => _log.Events;

    public static async Task<LiveApplication> StartAsync(TestSilos silos, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var application = new LiveApplication(silos, add, map);
        await application._application.StartAsync();
        return application;
    }

    /// <summary>A browser on a device of its own.</summary>
    public LiveBrowser NewBrowser() => new(Address);

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private sealed class RecordedLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _events = new();

        public IReadOnlyCollection<string> Events => _events;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _events.Enqueue(eventId.Name ?? "");
            }
        }

        public void Dispose()
        {
        }
    }
}
