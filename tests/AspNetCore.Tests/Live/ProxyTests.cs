using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansSessions.Testing;
using OrleansSessions.Yarp;
using Yarp.ReverseProxy.Configuration;

namespace OrleansSessions.AspNetCore.Tests.Live;

/// <summary>A proxy that speaks for the user before an application that knows nothing of sessions.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private TestSilos _silos = null!;
    private WebApplication _upstream = null!;
    private LiveApplication _proxy = null!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync(new TestStore(TimeProvider.System), TimeProvider.System);
        _upstream = await StartUpstreamAsync();
        _proxy = await LiveApplication.StartAsync(
            _silos,
            services => services.AddReverseProxy()
                .LoadFromMemory(
                    [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "/app/{**rest}" } }],
                    [new ClusterConfig { ClusterId = "upstream", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = _upstream.Urls.Single() } } }])
                .AddOrleansSessions(),
            static application => application.MapReverseProxy().RequireAuthorization());
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _upstream.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task The_application_is_told_the_user_and_gets_no_session_cookie()
    {
        using var browser = _proxy.NewBrowser();
        await browser.PostAsync("/sign-in/ann");
        browser.Cookies.Add("theme", "dark");

        var headers = await browser.GetAsync("/app/headers");

        Assert.Contains("Remote-User: ann\n", headers, StringComparison.Ordinal);
        Assert.Contains("Cookie: theme=dark\n", headers, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies[SessionDefaults.CookieName], headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Remote-User")]
    [InlineData("remote_user")]
    [InlineData("REMOTE.USER")]
    [InlineData("remote_User")]
    [InlineData("X-Session-Id")]
    [InlineData("x_session.id")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X_FORWARDED_USER")]
    [InlineData("X-Auth-Anything")]
    public async Task No_spelling_of_an_identity_header_comes_through(string name)
    {
        using var browser = _proxy.NewBrowser();
        await browser.PostAsync("/sign-in/ann");
        using var response = await browser.SendAsync(
            HttpMethod.Get, "/app/headers", HttpCompletionOption.ResponseContentRead, (name, "mallory"), ("X-Other", "stays"));

        var headers = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("mallory", headers, StringComparison.Ordinal);
        Assert.Contains("X-Other: stays\n", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_reaches_no_application()
    {
        using var stranger = _proxy.NewBrowser();
        using var response = await stranger.SendAsync(HttpMethod.Get, "/app/headers");

        Assert.Equal(System.Net.HttpStatusCode.Found, response.StatusCode);
        Assert.Contains("/sign-in", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L6_a_socket_through_the_proxy_is_cut_at_logout()
    {
        using var browser = _proxy.NewBrowser();
        await browser.PostAsync("/sign-in/ann");
        using var socket = await browser.OpenSocketAsync("/app/socket");

        await browser.PostAsync("/sign-out");

        await LiveConnectionTests.UntilClosedAsync(socket);
    }

    [Fact]
    public async Task L6_a_stream_of_events_through_the_proxy_is_cut_at_logout()
    {
        using var browser = _proxy.NewBrowser();
        await browser.PostAsync("/sign-in/ann");
        using var response = await browser.SendAsync(HttpMethod.Get, "/app/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        await browser.PostAsync("/sign-out");

        await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("50% of Zoë\r\nX-Admin: 1", "50%25%20of%20Zo%C3%AB%0D%0AX-Admin:%201")]
    public void A_value_is_encoded_for_the_header(string value, string expected) => Assert.Equal(expected, IdentityHeaders.Encode(value));

    private static async Task<WebApplication> StartUpstreamAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var upstream = builder.Build();
        upstream.UseWebSockets();
        upstream.MapGet("/app/headers", static (HttpContext context) =>
            string.Concat(context.Request.Headers.Select(static header => $"{header.Key}: {header.Value}\n")));
        upstream.MapGet("/app/socket", static async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await LiveConnectionTests.UntilClosedAsync(socket);
        });
        upstream.MapGet("/app/events", static async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: hello\n\n");
            await context.Response.Body.FlushAsync();
            await context.RequestAborted.UntilCancelledAsync();
        });
        await upstream.StartAsync();
        return upstream;
    }
}
