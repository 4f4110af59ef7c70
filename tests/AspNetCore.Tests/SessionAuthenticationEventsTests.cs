using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>What an application hears of, and may change, at the turns of a session.</summary>
public sealed class SessionAuthenticationEventsTests : IAsyncLifetime
{
    private TestSilos? _silos;
    private TestApplication? _application;
    private SessionAuthenticationOptions? _options;

    private TestSilos Silos => _silos!;

    private TestApplication Application => _application!;

    private SessionAuthenticationOptions Settings => _options!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"));
        _application = Start(Silos.Cluster.Client);
        _ = await Application.Request().AuthenticateAsync();
    }

    public async Task DisposeAsync()
    {
        await Application.DisposeAsync();
        await Silos.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_in_is_changed_by_its_event_and_told_of_afterwards(bool isByHttpContext)
    {
        SessionSignedInContext? signedIn = null;
        Settings.Events.OnSigningIn = static context =>
        {
            context.Principal = TestApplication.User("bob");
            context.Properties.Items["tenant"] = "7";
            return Task.CompletedTask;
        };
        Settings.Events.OnSignedIn = context =>
        {
            signedIn = context;
            Assert.Equal(1, context.Response.Headers.SetCookie.Count);
            return Task.CompletedTask;
        };
        var browser = new TestBrowser(Application);

        await (isByHttpContext
            ? browser.SignInAsync("ann")
            : browser.SendAsync(context => Application.Browser.SignInAsync(context, new BrowserSignIn(TestApplication.User("ann")))));

        var result = await browser.AuthenticateAsync();
        Assert.Equal("bob", result.Principal!.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal("7", result.Properties!.Items["tenant"]);
        Assert.Equal("bob", signedIn!.Session.Subject);
        Assert.Equal("bob", signedIn.Principal!.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal(signedIn.Session.SessionId, Assert.Single(await Silos.User("bob").ListAsync()).SessionId);
    }

    [Fact]
    public async Task F3_an_event_that_fails_leaves_no_session()
    {
        var token = default(SessionToken);
        Settings.Events.OnSignedIn = context =>
        {
            token = TestApplication.TokenIn(context.HttpContext)!.Value;
            throw new InvalidOperationException("Not today.");
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => new TestBrowser(Application).SignInAsync("ann"));

        await Wait.UntilAsync(() => Silos.StatusAsync(token).GetAwaiter().GetResult() == SessionStatus.NotFound);
        Assert.Empty(await Silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task A_page_leads_to_the_sign_in_and_back()
    {
        var context = await ChallengeAsync();

        Assert.Equal(StatusCodes.Status302Found, context.Response.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fpage", context.Response.Headers.Location);
    }

    [Fact]
    public async Task An_application_changes_the_way_to_the_sign_in()
    {
        Settings.Events.OnRedirectToLogin = static context =>
        {
            context.Response.Redirect("https://login.example" + context.RedirectUri);
            return Task.CompletedTask;
        };

        Assert.Equal("https://login.example/sign-in?returnUrl=%2Fpage", (await ChallengeAsync()).Response.Headers.Location);
    }

    [Fact]
    public async Task An_API_is_answered_401_and_403()
    {
        Settings.AccessDeniedPath = "/denied";
        Assert.Equal(StatusCodes.Status401Unauthorized, (await ChallengeAsync(isApi: true)).Response.StatusCode);
        Assert.Equal(StatusCodes.Status403Forbidden, (await ForbidAsync(isApi: true)).Response.StatusCode);
    }

    [Fact]
    public async Task Who_may_not_see_a_page_is_answered_403() =>
        Assert.Equal(StatusCodes.Status403Forbidden, (await ForbidAsync()).Response.StatusCode);

    [Fact]
    public async Task Who_may_not_see_a_page_is_led_to_one_that_says_so()
    {
        Settings.AccessDeniedPath = "/denied";

        var context = await ForbidAsync();

        Assert.Equal(StatusCodes.Status302Found, context.Response.StatusCode);
        Assert.Equal("/denied?returnUrl=%2Fpage", context.Response.Headers.Location);
    }

    [Fact]
    public async Task An_application_answers_itself_who_may_not_see_a_page()
    {
        Settings.Events.OnRedirectToAccessDenied = static context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };

        Assert.Equal(StatusCodes.Status404NotFound, (await ForbidAsync()).Response.StatusCode);
    }

    [Fact]
    public async Task A_request_with_a_session_that_was_revoked_is_told_of()
    {
        var ends = Ends();
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        var sessionId = Assert.Single(await Silos.User("ann").ListAsync()).SessionId;
        Assert.Equal("ann", await browser.UserAsync());
        Assert.Empty(ends);

        await Application.Administration.RevokeAllAsync("ann");
        var context = browser.Request();
        await context.AuthenticateAsync();
        await context.AuthenticateAsync();

        var end = Assert.Single(ends);
        Assert.Equal((sessionId, SessionStatus.Revoked, RevocationReason.RevokedByAdmin), (end.SessionId, end.Status, end.Reason));
    }

    [Fact]
    public async Task A_request_with_a_session_that_expired_is_told_of()
    {
        var ends = Ends();
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        Assert.Equal("ann", await browser.UserAsync());

        Silos.Advance(TimeSpan.FromHours(2));
        await browser.AuthenticateAsync();

        var end = Assert.Single(ends);
        Assert.Equal((SessionStatus.Expired, RevocationReason.IdleTimeout), (end.Status, end.Reason));
    }

    [Fact]
    public async Task A_sign_out_is_not_an_end_that_its_own_request_is_told_of()
    {
        var ends = Ends();
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");

        await browser.SendAsync(static async context =>
        {
            await context.AuthenticateAsync();
            await context.SignOutAsync();
        });

        await browser.AuthenticateAsync();
        Assert.Empty(ends);
    }

    [Fact]
    public async Task Events_come_from_the_services_where_the_application_says_so()
    {
        await using var application = new TestApplication(
            Silos.Cluster.Client,
            static builder => builder.AddOrleansSessions("events", static options => options.EventsType = typeof(NoOneButBob)),
            static services => services.AddScoped<NoOneButBob>());
        var browser = new TestBrowser(application);

        await browser.SignInAsync("ann", "events");
        var context = browser.Request();
        await context.ChallengeAsync("events");

        Assert.Equal("bob", await browser.UserAsync("events"));
        Assert.Equal(StatusCodes.Status418ImATeapot, context.Response.StatusCode);
    }

    private TestApplication Start(IClusterClient client) =>
        new(client, builder => builder.AddOrleansSessions(options => _options = options));

    private List<SessionEndedContext> Ends()
    {
        var ends = new List<SessionEndedContext>();
        Settings.Events.OnSessionEnded = context =>
        {
            ends.Add(context);
            return Task.CompletedTask;
        };
        return ends;
    }

    private async Task<HttpContext> ChallengeAsync(bool isApi = false)
    {
        var context = Request(isApi);
        await context.ChallengeAsync();
        return context;
    }

    private async Task<HttpContext> ForbidAsync(bool isApi = false)
    {
        var context = Request(isApi);
        await context.ForbidAsync();
        return context;
    }

    private HttpContext Request(bool isApi)
    {
        var context = new TestBrowser(Application).Request();
        if (isApi)
        {
            context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new ForPrograms()), "an API"));
        }

        return context;
    }

    private sealed class ForPrograms : IDisableCookieRedirectMetadata;

    private sealed class NoOneButBob : SessionAuthenticationEvents
    {
        public override Task SigningIn(SessionSigningInContext context)
        {
            context.Principal = TestApplication.User("bob");
            return Task.CompletedTask;
        }

        public override Task RedirectToLogin(RedirectContext<SessionAuthenticationOptions> context)
        {
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
            return Task.CompletedTask;
        }
    }
}
