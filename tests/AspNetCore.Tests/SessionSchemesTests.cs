using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSubstitute;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>Several schemes in one application: each has its own cookie, options and users.</summary>
public sealed class SessionSchemesTests : IAsyncLifetime
{
    private const string Default = SessionDefaults.AuthenticationScheme;
    private const string Admin = "admin";

    private TestSilos? _silos;
    private TestApplication? _application;

    private TestSilos Silos => _silos!;

    private TestApplication Application => _application!;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync();
        _application = Start(Silos.Cluster.Client);
    }

    public async Task DisposeAsync()
    {
        await Application.DisposeAsync();
        await Silos.DisposeAsync();
    }

    [Fact]
    public async Task Schemes_stand_side_by_side_and_each_signs_out_by_itself()
    {
        var browser = new TestBrowser(Application);

        await browser.SignInAsync("ann");
        await browser.SignInAsync("root", Admin);

        Assert.Equal(["__Host-session", "__Host-session-admin"], browser.Cookies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("ann", "root"), (await browser.UserAsync(), await browser.UserAsync(Admin)));
        Assert.Single(await Silos.User("admin:root").ListAsync());

        await browser.SendAsync(static context => context.SignOutAsync(Admin));

        Assert.Equal(["__Host-session"], browser.Cookies.Keys);
        Assert.Equal(("ann", null), (await browser.UserAsync(), await browser.UserAsync(Admin)));
        Assert.Empty(await Silos.User("admin:root").ListAsync());
    }

    [Fact]
    public async Task A_scheme_has_a_name_to_show() =>
        Assert.Equal("Administration", (await Application.Get<IAuthenticationSchemeProvider>().GetSchemeAsync(Admin))!.DisplayName);

    [Fact]
    public async Task I5_a_token_of_one_scheme_is_nobody_in_the_cookie_of_another()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        browser.Cookies["__Host-session-admin"] = browser.Cookies["__Host-session"];
        Assert.Equal("ann", await browser.UserAsync());

        var context = browser.Request();
        var result = await context.AuthenticateAsync(Admin);

        Assert.True(result.None);
        Assert.False(context.TryGetSession(Admin, out _));
        Assert.Equal(SessionStatus.NotFound, context.SessionFeature(Admin).Status);
        Assert.Equal(SessionStatus.NotFound, await Application.Browser.ReauthenticateAsync(context, scheme: Admin));
        Assert.Equal("ann", await browser.UserAsync());
    }

    [Fact]
    public async Task The_session_of_a_request_is_that_of_its_user()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        await browser.SignInAsync("root", Admin);
        var context = browser.Request();
        await new AuthenticationMiddleware(static _ => Task.CompletedTask, Application.Get<IAuthenticationSchemeProvider>()).Invoke(context);

        await context.AuthenticateAsync(Admin);

        Assert.Equal("ann", context.SessionFeature().Session!.Subject);
        Assert.True(context.TryGetSession(Admin, out var session));
        Assert.Equal("admin:root", session.Subject);
    }

    [Fact]
    public async Task C20_a_recent_sign_in_is_asked_of_the_scheme_at_hand()
    {
        await using var application = Start(Silos.Cluster.Client, ("OrleansSessions:Client:Leases", "false"));
        var browser = new TestBrowser(application);
        await browser.SignInAsync("root", Admin);
        Assert.Equal("root", await browser.UserAsync(Admin));
        Silos.Advance(TimeSpan.FromMinutes(20));
        await browser.SignInAsync("ann");
        var context = browser.Request();
        await context.AuthenticateAsync(Admin);
        await context.AuthenticateAsync();

        Assert.True(await IsRecentAsync(context, Default));
        Assert.False(await IsRecentAsync(context, Admin));
        Assert.True(await IsRecentAsync(context, null));

        var merged = new AuthenticationTicket(new ClaimsPrincipal(), $"{Default};{Admin}");
        var feature = Substitute.For<IAuthenticateResultFeature>();
        feature.AuthenticateResult.Returns(AuthenticateResult.Success(merged));
        context.Features.Set(feature);
        Assert.False(await IsRecentAsync(context, null));
    }

    [Fact]
    public async Task T4_a_new_proof_under_one_scheme_replaces_its_secret_alone()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        await browser.SignInAsync("root", Admin);
        var before = new Dictionary<string, string>(browser.Cookies);

        var context = await browser.SendAsync(async context =>
        {
            await context.AuthenticateAsync(Admin);
            Assert.Equal(SessionStatus.Active, await Application.Browser.ReauthenticateAsync(context, scheme: Admin));
        });

        Assert.Equal(before["__Host-session"], browser.Cookies["__Host-session"]);
        Assert.NotEqual(before["__Host-session-admin"], browser.Cookies["__Host-session-admin"]);
        Assert.Equal(Admin, context.SessionFeature().Scheme);
        Assert.Equal("root", await browser.UserAsync(Admin));
    }

    [Fact]
    public async Task L11_claims_are_made_again_under_the_scheme_that_signed_in()
    {
        var browser = new TestBrowser(Application);
        var properties = new AuthenticationProperties();
        properties.Items["tenant"] = "7";
        await browser.SignInAsync("root", Admin, properties);

        await Application.Administration.RefreshClaimsAsync("admin:root");

        var result = await browser.AuthenticateAsync(Admin);
        Assert.True(result.Principal!.IsInRole("auditor"));
        Assert.Equal("7", result.Properties!.Items["tenant"]);
    }

    [Fact]
    public async Task A_watch_is_over_the_session_of_the_named_scheme()
    {
        var browser = new TestBrowser(Application);
        await browser.SignInAsync("ann");
        await browser.SignInAsync("root", Admin);
        await using var watch = Application.Get<ISessionWatcher>().Watch(browser.Request(), Admin);

        await Application.Administration.RevokeAllAsync("admin:root");

        await Wait.UntilAsync(() => watch.Ended.IsCancellationRequested);
    }

    [Theory]
    [InlineData("nobody's")]
    [InlineData(null)]
    public async Task A_sign_in_that_could_mean_several_schemes_or_none_of_them_is_refused(string? scheme)
    {
        await using var application = new TestApplication(Silos.Cluster.Client, configure: static services =>
        {
            services.AddAuthentication().AddOrleansSessions(Admin);
            services.PostConfigure<AuthenticationOptions>(static options => options.DefaultScheme = null);
        });

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => application.Browser.SignInAsync(
            application.Request(), new BrowserSignIn(TestApplication.User("ann")) { Scheme = scheme }));

        Assert.Contains($"'{Default}', '{Admin}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_scheme_is_the_default_whatever_its_name()
    {
        await using var application = new TestApplication(Silos.Cluster.Client, static builder => builder.AddOrleansSessions("Identity.Application"));
        var browser = new TestBrowser(application);

        await browser.SendAsync(context => application.Browser.SignInAsync(context, new BrowserSignIn(TestApplication.User("ann"))));

        Assert.Equal(["__Host-session-Identity.Application"], browser.Cookies.Keys);
        Assert.Equal("ann", await browser.UserAsync("Identity.Application"));
    }

    [Fact]
    public async Task C2_two_schemes_with_one_cookie_are_refused_at_the_start()
    {
        await using var application = new TestApplication(Silos.Cluster.Client, configure: static services =>
            services.AddAuthentication().AddOrleansSessions(Admin, static options => options.CookieName = "__Host-Session"));

        var e = Assert.Throws<OptionsValidationException>(() => application.Get<IStartupValidator>().Validate());

        Assert.Contains($"'{Default}', '{Admin}'", e.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SessionAuthenticationOptions.CookieName), e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("session", "__Host-")]
    [InlineData("__Host-a session", "letters")]
    [InlineData("__Host-a;b", "letters")]
    public async Task C2_a_wrong_option_is_refused_at_the_start_with_the_scheme_that_has_it(string cookie, string advice)
    {
        await using var application = new TestApplication(Silos.Cluster.Client, configure: services =>
            services.AddAuthentication().AddOrleansSessions(Admin, options => options.CookieName = cookie));

        var e = Assert.ThrowsAny<Exception>(() => application.Get<IStartupValidator>().Validate());

        Assert.Contains($"'{Admin}'", e.Message, StringComparison.Ordinal);
        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Good_options_start() => Application.Get<IStartupValidator>().Validate();

    private static TestApplication Start(IClusterClient client, params (string Key, string Value)[] settings) => new(
        client,
        configure: static services =>
        {
            services.AddAuthentication().AddOrleansSessions(Admin, "Administration", static options => options.SubjectOf = static principal =>
                "admin:" + principal.FindFirstValue(ClaimTypes.NameIdentifier));
            services.AddScoped<IClaimsSource, MakesAuditors>();
        },
        settings: settings);

    private async Task<bool> IsRecentAsync(HttpContext context, string? scheme)
    {
        var requirement = new RecentSignInRequirement(TimeSpan.FromMinutes(10), scheme);
        return (await Application.Get<IAuthorizationService>().AuthorizeAsync(TestApplication.User("any"), context, requirement)).Succeeded;
    }

    private sealed class MakesAuditors : IClaimsSource
    {
        public ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken)
        {
            current.Identities.First().AddClaim(new Claim(ClaimTypes.Role, "auditor"));
            return new(current);
        }
    }
}
