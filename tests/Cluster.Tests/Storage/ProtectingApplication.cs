using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>An application whose keys are kept with the sessions, in a folder of its own as on a machine of its own.</summary>
internal sealed class ProtectingApplication : IAsyncDisposable
{
    private const string Cookie = "form";

    private readonly TemporaryFolder _folder = new();
    private readonly IHost _host;

    private ProtectingApplication(string redis, string serviceId, string? name, TimeProvider? time)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.Path });
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<ClusterSettings>().Configure(cluster => (cluster.Redis, cluster.ServiceId) = (redis, serviceId));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddAntiforgery(static options => options.Cookie.Name = Cookie);
        var protection = builder.Services.AddDataProtection().PersistKeysToOrleansSessions();
        if (name is not null)
        {
            protection.SetApplicationName(name);
        }

        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    private IDataProtector Protector => Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private IAntiforgery Antiforgery => Services.GetRequiredService<IAntiforgery>();

    public static async Task<ProtectingApplication> StartAsync(
        string redis, string serviceId = "service", string? name = null, TimeProvider? time = null)
    {
        var application = new ProtectingApplication(redis, serviceId, name, time);
        await application._host.StartAsync();
        return application;
    }

    public string Protect(string text) => Protector.Protect(text);

    public string Unprotect(string text) => Protector.Unprotect(text);

    /// <summary>Makes the tokens of a form.</summary>
    public AntiforgeryTokenSet MakeForm() => Antiforgery.GetTokens(NewRequest());

    /// <summary>Whether a form that comes with these tokens is taken.</summary>
    public Task<bool> TakesAsync(AntiforgeryTokenSet form)
    {
        var request = NewRequest();
        request.Request.Method = HttpMethods.Post;
        request.Request.Headers.Cookie = $"{Cookie}={form.CookieToken}";
        request.Request.Headers[form.HeaderName!] = form.RequestToken;
        return Antiforgery.IsRequestValidAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Dispose();
    }

    private DefaultHttpContext NewRequest() => new() { RequestServices = Services };
}
