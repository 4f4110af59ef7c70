extern alias Minimal;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace OrleansSessions.Samples.Tests;

/// <summary>What the tests of an application with sessions look like: no Redis, and no fixture of ours.</summary>
public sealed class MinimalTests(WebApplicationFactory<Minimal::Program> application) : IClassFixture<WebApplicationFactory<Minimal::Program>>
{
    private static readonly object Alice = new { userName = "alice", password = "wonderland" };

    [Fact]
    public async Task A_wrong_password_signs_nobody_in()
    {
        var browser = NewBrowser();

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.PostAsync("/sign-in", new { userName = "alice", password = "guess" }));

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.GetAsync("/me"));
    }

    [Fact]
    public async Task A_session_lasts_until_it_signs_out()
    {
        var browser = NewBrowser();
        Assert.Equal(HttpStatusCode.NoContent, await browser.PostAsync("/sign-in", Alice));
        Assert.Equal("""{"user":"alice"}""", await browser.ReadAsync(HttpMethod.Get, "/me"));

        Assert.Equal(HttpStatusCode.OK, await browser.PostAsync("/sign-out"));

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.GetAsync("/me"));
    }

    [Fact]
    public async Task One_device_signs_all_of_them_out()
    {
        var desktop = NewBrowser();
        var phone = NewBrowser();
        await desktop.PostAsync("/sign-in", Alice);
        await phone.PostAsync("/sign-in", Alice);
        using var list = JsonDocument.Parse(await phone.ReadAsync(HttpMethod.Get, "/sessions"));
        Assert.InRange(list.RootElement.GetArrayLength(), 2, int.MaxValue);

        Assert.Equal(HttpStatusCode.OK, await phone.PostAsync("/sign-out-everywhere"));

        Assert.Equal(HttpStatusCode.Unauthorized, await desktop.GetAsync("/me"));
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.GetAsync("/me"));
    }

    private Visitor NewBrowser() => new(application.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false }));
}
