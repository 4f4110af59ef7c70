using System.Security.Claims;
using System.Security.Principal;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSubstitute;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests.Cookies;

/// <summary>An application with cookie authentication, whose one line more keeps its sign-ins as sessions.</summary>
internal sealed class CookieSite : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _client;

    private CookieSite(WebApplication application, SwitchedCluster cluster)
    {
        (_application, Cluster) = (application, cluster);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(application.Urls.First()) };
    }

    public SwitchedCluster Cluster { get; }

    public IServiceProvider Services => _application.Services;

    public ISessionAdministration Administration => Services.GetRequiredService<ISessionAdministration>();

    public ITicketStore Store => Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
        .Get(CookieAuthenticationDefaults.AuthenticationScheme).SessionStore!;

    public static Task SignInAsAlice(HttpContext context) => context.SignInAsync(Alice(), new AuthenticationProperties());

    public static ClaimsPrincipal Alice()
    {
        var identity = new ClaimsIdentity(new GenericIdentity("Alice", "Cookies"));
        identity.AddClaim(new Claim("marker", "true"));
        return new ClaimsPrincipal(identity);
    }

    public static async Task<CookieSite> StartAsync(
        TestSilos silos,
        Action<CookieAuthenticationOptions>? configure = null,
        RequestDelegate? testpath = null,
        Action<IServiceCollection>? services = null,
        Action<CookieSessionsOptions>? sessions = null,
        Action<WebApplication>? map = null,
        bool useSessions = true,
        string pathBase = "",
        bool leases = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([
            KeyValuePair.Create("OrleansSessions:Client:DirectReads", (string?)"false"),
            KeyValuePair.Create("OrleansSessions:Client:Leases", (string?)leases.ToString())]);
        var cluster = new SwitchedCluster(silos.Cluster.Client);
        builder.Services.AddSingleton(cluster.Client);
        builder.Services.AddSingleton(silos.Clock);
        builder.Services.AddSingleton<IDataProtectionProvider>(Keys);
        builder.Services.AddRoutingCore();
        builder.Services.AddAuthorization();
        var authentication = builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(configure ?? (static _ => { }));
        if (useSessions)
        {
            authentication.UseOrleansSessions(sessions);
        }

        services?.Invoke(builder.Services);
        var application = builder.Build();
        application.UsePathBase(pathBase);
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
        map?.Invoke(application);
        application.MapGet("/normal", static () => "");
        application.MapGet("/protected", static () => "").RequireAuthorization();
        application.MapGet("/forbid", static context => context.ForbidAsync());
        application.MapGet("/challenge", static context => context.ChallengeAsync());
        application.MapGet("/signout", static context => context.SignOutAsync());
        application.MapGet("/me/{scheme}", static (HttpContext context, string scheme) => DescribeAsync(context, scheme));
        application.MapGet("/testpath", testpath ?? SignInAsAlice);
        await application.StartAsync();
        return new CookieSite(application, cluster);
    }

    /// <summary>Makes a request with these cookies, as they stand in the header.</summary>
    public async Task<Page> GetAsync(string path, string? cookie = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        return await Page.ReadAsync(response);
    }

    /// <summary>Who the holder of a cookie is.</summary>
    public Task<Page> MeAsync(string? cookie) => GetAsync("/me/Cookies", cookie);

    /// <summary>Signs in, and gives the cookie.</summary>
    public async Task<string> SignInAsync(string? cookie = null) => (await GetAsync("/testpath", cookie)).Cookie!;

    public async Task<string?> NameAsync(string? cookie) => (await MeAsync(cookie)).Name;

    /// <summary>What a request is given for the authentication of a cookie, by the application's own options.</summary>
    public SessionToken TokenIn(string cookie)
    {
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var ticket = options.TicketDataFormat.Unprotect(Uri.UnescapeDataString(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]), CookieContent.Purpose);
        return CookieContent.TokenIn(ticket!)!.Value;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _application.DisposeAsync();
    }

    /// <summary>One key ring for all applications of the tests: the same application before and after the switch.</summary>
    private static EphemeralDataProtectionProvider Keys { get; } = new();

    private static async Task DescribeAsync(HttpContext context, string scheme)
    {
        var result = await context.AuthenticateAsync(scheme);
        await context.Response.WriteAsJsonAsync(new Page.Body(
            result.Principal?.Claims.Select(static claim => new[] { claim.Type, claim.Value }).ToArray() ?? [],
            result.Properties?.Items.ToDictionary() ?? []));
    }

    /// <summary>A cluster that can be out of reach.</summary>
    internal sealed class SwitchedCluster
    {
        public SwitchedCluster(IClusterClient silos)
        {
            Client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(call => IsAway
                ? throw new SessionsUnavailableException()
                : silos.GetGrain(call.Arg<GrainId>(), call.Arg<GrainInterfaceType>()));
            Client.CreateObjectReference<ILeaseHolder>(Arg.Any<IGrainObserver>())
                .Returns(call => silos.CreateObjectReference<ILeaseHolder>(call.Arg<IGrainObserver>()));
        }

        public IClusterClient Client { get; } = Substitute.For<IClusterClient>();

        public bool IsAway { get; set; }
    }
}
