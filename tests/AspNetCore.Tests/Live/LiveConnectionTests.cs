using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests.Live;

/// <summary>Connections that outlive their request, and end with their session.</summary>
public sealed class LiveConnectionTests : IAsyncLifetime
{
    private TestSilos _silos = null!;
    private LiveApplication _application = null!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync(new TestStore(TimeProvider.System), TimeProvider.System);
        _application = await LiveApplication.StartAsync(
            _silos,
            static services =>
            {
                services.AddSignalR();
                services.AddOrleansSessionsSignalR();
            },
            Map);
    }

    public async Task DisposeAsync()
    {
        await _application.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task L6_a_hub_connection_is_aborted_when_its_session_ends()
    {
        using var desktop = _application.NewBrowser();
        await desktop.PostAsync("/sign-in/ann");
        using var hub = await OpenHubAsync(desktop, "/hub");

        await EndFromAfarAsync(desktop);

        await UntilClosedAsync(hub);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await desktop.SendAsync(HttpMethod.Get, "/who")).StatusCode);
    }

    [Fact]
    public async Task A_hub_connection_goes_on_when_another_session_of_the_user_ends()
    {
        using var desktop = _application.NewBrowser();
        using var phone = _application.NewBrowser();
        await desktop.PostAsync("/sign-in/ann");
        await phone.PostAsync("/sign-in/ann");
        using var hub = await OpenHubAsync(desktop, "/hub");
        using var others = await OpenHubAsync(phone, "/hub");

        await phone.PostAsync("/sign-out");

        await UntilClosedAsync(others);
        Assert.Contains("ann", await InvokeAsync(hub), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_anonymous_hub_connection_is_left_alone_with_a_dead_cookie_too()
    {
        using var browser = _application.NewBrowser();
        await browser.PostAsync("/sign-in/ann");
        var cookie = browser.Cookies.Single();
        await browser.PostAsync("/sign-out");
        browser.Cookies.Add(cookie.Key, cookie.Value);

        using var hub = await OpenHubAsync(browser, "/open-hub");

        Assert.Contains("nobody", await InvokeAsync(hub), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L6_a_stream_of_events_says_goodbye_and_ends_with_its_session()
    {
        using var desktop = _application.NewBrowser();
        await desktop.PostAsync("/sign-in/ann");
        using var response = await desktop.SendAsync(HttpMethod.Get, "/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: hello", await reader.ReadLineAsync());

        await EndFromAfarAsync(desktop);

        Assert.EndsWith("event: goodbye\n\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L6_a_socket_whose_application_ignores_the_end_is_cut()
    {
        using var desktop = _application.NewBrowser();
        await desktop.PostAsync("/sign-in/ann");
        using var socket = await desktop.OpenSocketAsync("/deaf-socket");

        await EndFromAfarAsync(desktop);

        await UntilClosedAsync(socket);
    }

    [Fact]
    public async Task A_request_that_presented_no_session_cannot_end_with_one()
    {
        using var stranger = _application.NewBrowser();

        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, (await stranger.SendAsync(HttpMethod.Get, "/events")).StatusCode);
    }

    internal static async Task<ClientWebSocket> OpenHubAsync(LiveBrowser browser, string path)
    {
        var socket = await browser.OpenSocketAsync(path);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        Assert.Equal("{}\u001e", await ReceiveAsync(socket));
        Assert.Contains("nobody", (await InvokeAsync(socket)).Replace("ann", "nobody", StringComparison.Ordinal), StringComparison.Ordinal);
        return socket;
    }

    internal static async Task UntilClosedAsync(WebSocket socket)
    {
        try
        {
            while (socket.State == WebSocketState.Open && (await socket.ReceiveAsync(new byte[1_024], CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
                // Something that was sent before.
            }
        }
        catch (WebSocketException)
        {
            // Cut without a word.
        }
    }

    private static async Task<string> InvokeAsync(WebSocket socket)
    {
        await SendAsync(socket, """{"type":1,"invocationId":"1","target":"Who","arguments":[]}""");
        return await ReceiveAsync(socket);
    }

    private static Task SendAsync(WebSocket socket, string message) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[1_024];
        var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    private Task<RevocationResult> EndFromAfarAsync(LiveBrowser browser)
    {
        Assert.True(SessionToken.TryParse(browser.Cookies[SessionDefaults.CookieName], out var token));
        return _silos.RevokeAsync(token, RevocationReason.RevokedByUser);
    }

    private static void Map(WebApplication application)
    {
        application.UseWebSockets();
        application.MapHub<WhoHub>("/hub").RequireAuthorization();
        application.MapHub<WhoHub>("/open-hub");
        application.MapGet("/who", static (HttpContext context) => context.User.Identity!.Name ?? "").RequireAuthorization().DisableCookieRedirect();
        application.MapGet("/events", static async (HttpContext context) =>
        {
            var ended = context.EndWithSession();
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: hello\n\n", CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            await ended.UntilCancelledAsync();
            await context.Response.WriteAsync("event: goodbye\n\n", CancellationToken.None);
        });
        application.MapGet("/deaf-socket", static async (HttpContext context) =>
        {
            context.EndWithSession();
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await UntilClosedAsync(socket);
        }).RequireAuthorization();
    }

    private sealed class WhoHub : Hub
    {
        public string Who() => Context.UserIdentifier ?? "nobody";
    }
}
