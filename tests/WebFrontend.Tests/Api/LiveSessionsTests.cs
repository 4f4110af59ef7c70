using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class LiveSessionsTests(Cluster cluster) : FrontEndTest(cluster)
{
    private const string NoListing = "--OrleansSessions:Web:LiveListPeriod=00:01:00";
    private const string OftenListing = "--OrleansSessions:Web:LiveListPeriod=00:00:00.1";

    [Fact]
    public async Task A_sign_in_elsewhere_shows_and_so_does_its_end()
    {
        await using var live = await TestFrontEnd.StartAsync(Cluster, null, OftenListing);
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var page = laptop.At(live);
        await using var stream = await EventStream.OpenAsync(page);
        Assert.Equal(laptop.SessionId, await stream.NextAsync(LiveSessions.Sessions));

        using var phone = await SignedInAsync(userName);
        Assert.Equal($"{phone.SessionId},{laptop.SessionId}", await stream.NextAsync(LiveSessions.Sessions));

        using var end = await phone.DeleteAsync("/api/session");
        Assert.Equal(laptop.SessionId, await stream.NextAsync(LiveSessions.Sessions));
    }

    [Fact]
    public async Task L6_a_revocation_at_another_front_end_ends_the_stream_without_waiting_for_a_list()
    {
        await using var live = await TestFrontEnd.StartAsync(Cluster, null, NoListing);
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var phone = await SignedInAsync(userName);
        using var page = phone.At(live);
        await using var stream = await EventStream.OpenAsync(page);
        Assert.NotNull(await stream.NextAsync(LiveSessions.Sessions));

        using var end = await laptop.DeleteAsync($"/api/sessions/{phone.SessionId}");

        Assert.Equal("revokedByUser", await stream.NextAsync(LiveSessions.Ended));
        Assert.Null(await stream.NextAsync(LiveSessions.Ended));
    }

    [Fact]
    public async Task A_replaced_secret_ends_the_stream_without_a_reason_and_the_new_one_opens_another()
    {
        using var browser = await SignedInAsync();
        await using var stream = await EventStream.OpenAsync(browser);
        Assert.NotNull(await stream.NextAsync(LiveSessions.Sessions));

        using var response = await browser.ReauthenticateAsync();

        Assert.Null(await stream.NextAsync(LiveSessions.Ended));
        await using var next = await EventStream.OpenAsync(browser);
        Assert.Equal(browser.SessionId, await next.NextAsync(LiveSessions.Sessions));
    }

    [Fact]
    public async Task A_front_end_that_stops_ends_its_streams_and_signs_nobody_out()
    {
        await using var stopping = await TestFrontEnd.StartAsync(Cluster, null, NoListing);
        using var browser = await SignedInAsync();
        using var page = browser.At(stopping);
        await using var stream = await EventStream.OpenAsync(page);
        Assert.NotNull(await stream.NextAsync(LiveSessions.Sessions));

        await stopping.StopAsync();

        Assert.Null(await stream.NextAsync(LiveSessions.Ended));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task A_user_has_some_streams_and_gets_back_what_it_closes()
    {
        using var browser = await SignedInAsync();
        var streams = new List<EventStream>();
        for (var i = 0; i < LivePlaces.PerUser; i++)
        {
            streams.Add(await EventStream.OpenAsync(browser));
        }

        using var refused = await EventStream.TryOpenAsync(browser);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);

        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        // The server hears of it a moment later.
        HttpStatusCode status;
        do
        {
            using var response = await EventStream.TryOpenAsync(browser);
            status = response.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task F6_C09_open_pages_of_a_user_share_one_poll()
    {
        var (asked, listed) = (0, 0);
        await using var scope = new OwnCluster(static _ => { }, silo => silo.AddIncomingGrainCallFilter(call =>
        {
            if (call.MethodName == nameof(IUserSessionsGrain.ChangesAsync))
            {
                Interlocked.Increment(ref asked);
            }

            if (call.MethodName == nameof(IUserSessionsGrain.ListAsync))
            {
                Interlocked.Increment(ref listed);
            }

            return call.Invoke();
        }));
        await using var frontEnd = await scope.StartFrontEndAsync(static builder =>
            builder.Services.PostConfigure<WebOptions>(static web => web.LiveListPeriod = TimeSpan.FromMinutes(1)));
        using var browser = frontEnd.Browser();
        using var register = await browser.RegisterAsync("alice");
        using var signIn = await browser.SignInAsync("alice");
        var streams = new List<EventStream>();

        for (var i = 0; i < 10; i++)
        {
            streams.Add(await EventStream.OpenAsync(browser));
            Assert.Equal(browser.SessionId, await streams[i].NextAsync(LiveSessions.Sessions));
        }

        Assert.Equal((1, 1), (asked, listed));
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task C28_a_HEAD_of_the_stream_ends()
    {
        using var browser = await SignedInAsync();

        using var response = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/session/events"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task C9_a_stream_is_neither_kept_nor_held_back()
    {
        using var browser = await SignedInAsync();

        await using var stream = await EventStream.OpenAsync(browser);

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", stream.Response.Header("Cache-Control"));
        Assert.Contains("Cookie", stream.Response.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal("no", stream.Response.Header("X-Accel-Buffering"));
    }
}
