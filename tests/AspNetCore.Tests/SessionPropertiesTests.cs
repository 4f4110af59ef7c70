using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary><c>HttpContext.SignInAsync</c>, <c>SignOutAsync</c> and <c>AuthenticateAsync</c>, by those who know nothing of this library.</summary>
public sealed class SessionPropertiesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TestSilos? _silos;
    private TestApplication? _application;

    private TestSilos Silos => _silos!;

    private TestApplication Application => _application!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync(
            ("OrleansSessions:Sessions:MaxPerUser", "2"), ("OrleansSessions:Sessions:LimitPolicy", "Reject"), ("OrleansSessions:Leases:Enabled", "false"));
        _application = NewApplication(Silos.Cluster.Client);
    }

    public async Task DisposeAsync()
    {
        await Application.DisposeAsync();
        await Silos.DisposeAsync();
    }

    [Fact]
    public async Task What_a_sign_in_was_given_comes_back_with_each_request()
    {
        var browser = new TestBrowser(Application);
        var properties = new AuthenticationProperties { IsPersistent = true, RedirectUri = "/home" };
        properties.Items["tenant"] = "7";
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = "at-1" }]);
        await browser.SignInAsync("ann", properties: properties);

        for (var requests = 0; requests < 3; requests++)
        {
            var context = browser.Request();
            var result = (await context.AuthenticateAsync()).Properties!;

            Assert.True(result.IsPersistent);
            Assert.Equal("/home", result.RedirectUri);
            Assert.Equal("7", result.Items["tenant"]);
            Assert.Equal("at-1", await context.GetTokenAsync("access_token"));

            // Each request has a copy of its own.
            result.Items["tenant"] = "8";
        }
    }

    [Fact]
    public async Task A_session_says_when_it_started_and_when_it_ends()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        Silos.Advance(TimeSpan.FromMinutes(5));

        var result = await browser.AuthenticateAsync();

        Assert.Equal((Start, Start.AddDays(1)), (result.Properties!.IssuedUtc, result.Properties.ExpiresUtc));
        Assert.False(result.Properties.IsPersistent);
    }

    [Fact]
    public async Task T16_a_sign_in_ends_its_session_earlier_than_the_policy()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann", properties: new AuthenticationProperties { ExpiresUtc = Start.AddMinutes(10) });
        Assert.Equal(Start.AddMinutes(10), (await browser.AuthenticateAsync()).Properties!.ExpiresUtc);

        Silos.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal("ann", await browser.UserAsync());
        Silos.Advance(TimeSpan.FromSeconds(1));
        var context = browser.Request();
        await context.AuthenticateAsync();

        Assert.Equal((SessionStatus.Expired, RevocationReason.AbsoluteTimeout), (context.SessionFeature().Status, context.SessionFeature().EndedBy));
    }

    [Fact]
    public async Task A_sign_in_moves_no_end_further_away_than_the_policy()
    {
        var browser = new TestBrowser(Application);

        await browser.SignInAsync("ann", properties: new AuthenticationProperties { ExpiresUtc = Start.AddYears(1) });

        Assert.Equal(Start.AddDays(1), (await browser.AuthenticateAsync()).Properties!.ExpiresUtc);
    }

    [Fact]
    public async Task C6_a_cookie_lasts_as_long_as_its_session_where_the_user_is_remembered()
    {
        var browser = new TestBrowser(Application);
        var forAnHour = new AuthenticationProperties { IsPersistent = true, ExpiresUtc = Start.AddHours(1) };

        Assert.Contains("max-age=3600;", CookieOf(await browser.SignInAsync("ann", properties: forAnHour)), StringComparison.Ordinal);
        Assert.DoesNotContain("max-age", CookieOf(await browser.SignInAsync("ann")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_notes_in_its_properties_when_the_session_ends()
    {
        var properties = new AuthenticationProperties();

        await new TestBrowser(Application).SignInAsync("ann", properties: properties);

        Assert.Equal((Start, Start.AddDays(1)), (properties.IssuedUtc, properties.ExpiresUtc));
    }

    [Fact]
    public async Task A_sign_in_and_a_sign_out_lead_on()
    {
        var browser = new TestBrowser(Application);
        var home = new AuthenticationProperties { RedirectUri = "/home" };

        var signIn = await browser.SignInAsync("ann", properties: home);
        var signOut = await browser.SendAsync(context => context.SignOutAsync(new AuthenticationProperties { RedirectUri = "/bye" }));

        Assert.Equal((302, "/home"), (signIn.Response.StatusCode, signIn.Response.Headers.Location.ToString()));
        Assert.Equal((302, "/bye"), (signOut.Response.StatusCode, signOut.Response.Headers.Location.ToString()));
        Assert.Equal(200, (await browser.SignInAsync("ann")).Response.StatusCode);
    }

    [Fact]
    public async Task L4_a_sign_out_ends_the_session_everywhere_and_takes_the_cookie()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        var thief = new TestBrowser(Application);
        thief.Cookies[SessionDefaults.CookieName] = browser.Cookies[SessionDefaults.CookieName];
        Assert.Equal("ann", await thief.UserAsync());

        await browser.SendAsync(static context => context.SignOutAsync());

        Assert.Empty(browser.Cookies);
        Assert.Null(await thief.UserAsync());
        Assert.Empty(await Silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task T4_a_sign_in_over_a_planted_session_starts_another_and_ends_the_planted_one()
    {
        var attacker = new TestBrowser(Application);
        await attacker.SignInAsync("mallory");
        var victim = new TestBrowser(Application);
        victim.Cookies[SessionDefaults.CookieName] = attacker.Cookies[SessionDefaults.CookieName];

        await victim.SendAsync(static async context =>
        {
            await context.AuthenticateAsync();
            await context.SignInAsync(TestApplication.User("ann"));
        });

        Assert.NotEqual(attacker.Cookies[SessionDefaults.CookieName], victim.Cookies[SessionDefaults.CookieName]);
        Assert.Equal(("ann", null), (await victim.UserAsync(), await attacker.UserAsync()));
    }

    [Fact]
    public async Task T4_a_sign_out_and_a_sign_in_in_one_request_leave_the_new_session_alone()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("bob");
        var old = browser.Cookies[SessionDefaults.CookieName];

        await browser.SendAsync(static async context =>
        {
            await context.AuthenticateAsync();
            await context.SignOutAsync();
            await context.SignInAsync(TestApplication.User("ann"));
        });

        Assert.NotEqual(old, browser.Cookies[SessionDefaults.CookieName]);
        Assert.Equal("ann", await browser.UserAsync());
        Assert.Empty(await Silos.User("bob").ListAsync());
    }

    [Fact]
    public async Task A_sign_in_that_the_limit_refuses_says_so()
    {
        await new TestBrowser(Application).SignInAsync("ann");
        await new TestBrowser(Application).SignInAsync("ann");
        var browser = new TestBrowser(Application);

        var e = await Assert.ThrowsAsync<SignInRefusedException>(() => browser.SignInAsync("ann"));

        Assert.Equal(SignInStatus.LimitReached, e.Status);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task C20_a_new_proof_keeps_the_properties()
    {
        var browser = new TestBrowser(Application);
        var properties = new AuthenticationProperties { ExpiresUtc = Start.AddMinutes(10) };
        properties.Items["tenant"] = "7";
        await browser.SignInAsync("ann", properties: properties);

        await browser.SendAsync(async context =>
        {
            await context.AuthenticateAsync();
            await Application.Browser.ReauthenticateAsync(context);
        });

        var result = await browser.AuthenticateAsync();
        Assert.Equal("7", result.Properties!.Items["tenant"]);
        Assert.Equal(Start.AddMinutes(10), result.Properties.ExpiresUtc);
    }

    [Fact]
    public async Task Properties_that_a_session_cannot_keep_are_refused_with_the_bound()
    {
        var properties = new AuthenticationProperties();
        properties.Items["large"] = new string('x', WireLimits.MaxTicketBytes);

        var e = await Assert.ThrowsAsync<ArgumentException>(() => new TestBrowser(Application).SignInAsync("ann", properties: properties));

        Assert.Contains("65536", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", e.Message, StringComparison.Ordinal);
    }

    private static TestApplication NewApplication(IClusterClient client) => new(client);

    private static string CookieOf(HttpContext context) => context.Response.Headers.SetCookie.Single()!;
}
