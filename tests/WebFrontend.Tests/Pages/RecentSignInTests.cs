using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>A front end and a silo whose clock the test moves.</summary>
public sealed class RecentSignInTests : IAsyncLifetime
{
    private static readonly TimeSpan TooLong = new WebOptions().RecentSignIn + TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private OwnCluster? _cluster;
    private TestFrontEnd? _frontEnd;
    private TestBrowser? _browser;

    private TestBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        _cluster = ClusterWith(_clock);
        _frontEnd = await _cluster.StartFrontEndAsync(builder => builder.Services.AddSingleton<TimeProvider>(_clock));
        _browser = _frontEnd.Browser();
        using var register = await Browser.RegisterAsync("alice");
        using var signIn = await Browser.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
        // Used once: a session that never is does not live as long as a recent sign-in.
        Assert.Equal(HttpStatusCode.OK, await Browser.StatusAsync());
    }

    public async Task DisposeAsync()
    {
        _browser?.Dispose();
        await _frontEnd!.DisposeAsync();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task L15_a_stale_sign_in_is_refused_and_does_after_the_password_was_given_anew()
    {
        _clock.Advance(TooLong);

        using var stale = await Browser.ChangePasswordAsync(The.Password, The.OtherPassword);
        Assert.Equal(HttpStatusCode.Forbidden, stale.StatusCode);
        Assert.Equal(SessionProblems.ReauthenticationRequired, (await TestBrowser.ReadJsonAsync(stale)).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, await Browser.StatusAsync());

        using var confirmed = await Browser.ReauthenticateAsync();
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        using var changed = await Browser.ChangePasswordAsync(The.Password, The.OtherPassword);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
    }

    [Fact]
    public async Task L15_the_password_page_leads_round_by_the_password_and_back()
    {
        using var fresh = await Browser.GetAsync("/password");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
        _clock.Advance(TooLong);

        using var stale = await Browser.GetAsync("/password");
        Assert.Equal("/reauthenticate?returnUrl=%2Fpassword", Relative(stale));
        using var wrong = await Browser.SubmitAsync(Relative(stale), new() { ["Password"] = "not it", ["ReturnUrl"] = "/password" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("Wrong password.", (await TestBrowser.ReadHtmlAsync(wrong)).QuerySelector("[role=alert]")!.TextContent);
        using var confirmed = await Browser.SubmitAsync(Relative(stale), new() { ["Password"] = The.Password, ["ReturnUrl"] = "/password" });

        Assert.Equal("/password", confirmed.Header("Location"));
        using var back = await Browser.GetAsync("/password");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task L15_a_form_that_was_open_for_too_long_changes_nothing_and_leads_the_same_way()
    {
        using var page = await Browser.GetAsync("/password");
        var token = (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        _clock.Advance(TooLong);

        using var late = await Browser.PostFormAsync("/password", new()
        {
            ["CurrentPassword"] = The.Password,
            ["NewPassword"] = The.OtherPassword,
            ["__RequestVerificationToken"] = token,
        });

        Assert.Equal("/reauthenticate?returnUrl=%2Fpassword", Relative(late));
        using var signIn = await Browser.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("/%5cevil.example")]
    public async Task G8_an_evil_return_URL_leads_home(string returnUrl)
    {
        using var response = await Browser.SubmitAsync("/reauthenticate", new() { ["Password"] = The.Password, ["ReturnUrl"] = returnUrl });

        Assert.Equal("/", response.Header("Location"));
    }

    [Fact]
    public async Task The_sign_in_page_tells_that_the_session_was_not_used_for_too_long()
    {
        _clock.Advance(TimeSpan.FromHours(2));

        using var page = await Browser.GetAsync("/sign-in");

        var notice = (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("#end-notice")!.TextContent;
        Assert.Equal("You were signed out because you had not been here for a while.", notice);
    }

    private static OwnCluster ClusterWith(TimeProvider clock) => new(static _ => { }, silo =>
    {
        silo.Services.AddSingleton(clock);
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    });

    private string Relative(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return new Uri(_frontEnd!.Address, response.Header("Location")!).PathAndQuery;
    }
}
