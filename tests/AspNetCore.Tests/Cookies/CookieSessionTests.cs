using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests.Cookies;

/// <summary>What sessions give to cookie authentication, and what they must not take from it.</summary>
public sealed class CookieSessionTests : IAsyncLifetime
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private TestSilos? _silos;

    private TestSilos Silos => _silos!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(("OrleansSessions:Sessions:UnusedTimeout", "01:00:00"));

    public async Task DisposeAsync() => await Silos.DisposeAsync();

    [Fact]
    public async Task T4_a_planted_cookie_does_not_become_the_victims()
    {
        await using var site = await StartAsync(testpath: static context => context.SignInAsync(Named(context.Request.Query["user"].ToString())));
        var attackers = (await site.GetAsync("/testpath?user=Mallory")).Cookie!;

        var victims = (await site.GetAsync("/testpath?user=Alice", attackers)).Cookie!;

        Assert.Null(await site.NameAsync(attackers));
        Assert.Equal("Alice", await site.NameAsync(victims));
        Assert.Empty(await Silos.User("Mallory").ListAsync());
    }

    [Fact]
    public async Task T4_a_sign_out_and_a_sign_in_in_one_request_make_a_new_session()
    {
        await using var site = await StartAsync(map: static application => application.MapGet("/switch", static async (HttpContext context) =>
        {
            await context.SignOutAsync();
            await context.SignInAsync(Named("Alice"));
        }));
        var first = await site.SignInAsync();

        var page = await site.GetAsync("/switch", first);

        var second = page.SetCookies[^1].Split(';')[0];
        Assert.NotEqual(site.TokenIn(first).SessionId, site.TokenIn(second).SessionId);
        Assert.Equal((null, "Alice"), (await site.NameAsync(first), await site.NameAsync(second)));
        Assert.Single(await Silos.User("Alice").ListAsync());
    }

    [Fact]
    public async Task T4_two_sign_ins_in_one_request_leave_one_session()
    {
        await using var site = await StartAsync(testpath: static async context =>
        {
            await context.SignInAsync(Named("Alice"));
            await context.SignInAsync(Named("Alice"));
        });

        await site.GetAsync("/testpath");

        Assert.Single(await Silos.User("Alice").ListAsync());
    }

    [Fact]
    public async Task L6_a_sign_out_is_final_for_every_copy_of_the_cookie()
    {
        await using var site = await StartAsync();
        await using var other = await StartAsync();
        var cookie = await site.SignInAsync();
        Assert.Equal("Alice", await other.NameAsync(cookie));
        Assert.Equal("Alice", await other.NameAsync(cookie));

        await site.GetAsync("/signout", cookie);

        Assert.Equal((null, null), (await site.NameAsync(cookie), await other.NameAsync(cookie)));
    }

    [Fact]
    public async Task I2_a_sign_out_is_carried_through_when_its_browser_has_gone()
    {
        await using var site = await StartAsync(map: static application => application.MapGet("/leave", static async (HttpContext context) =>
        {
            context.RequestAborted = new CancellationToken(canceled: true);
            await context.SignOutAsync();
        }));
        var cookie = await site.SignInAsync();

        await site.GetAsync("/leave", cookie);

        Assert.Empty(await Silos.User("Alice").ListAsync());
        Assert.Null(await site.NameAsync(cookie));
    }

    [Fact]
    public async Task A_sign_in_is_carried_through_when_its_browser_has_gone()
    {
        await using var site = await StartAsync(testpath: static context =>
        {
            context.RequestAborted = new CancellationToken(canceled: true);
            return context.SignInAsync(Named("Alice"));
        });

        var page = await site.GetAsync("/testpath");

        Assert.Equal("Alice", await site.NameAsync(page.Cookie));
    }

    [Fact]
    public async Task A_renewal_of_a_session_that_has_ended_or_never_was_makes_none()
    {
        await using var site = await StartAsync();
        var key = await site.Store.StoreAsync(Ticket("Alice"));
        await site.Store.RemoveAsync(key);
        var unknown = SessionToken.Create().ToCookieValue();

        foreach (var each in new[] { key, unknown, "no token" })
        {
            await site.Store.RenewAsync(each, Ticket("Alice"));
            Assert.Null(await site.Store.RetrieveAsync(each));
        }

        Assert.Empty(await Silos.User("Alice").ListAsync());
    }

    [Fact]
    public async Task I5_a_renewal_for_another_user_is_refused()
    {
        await using var site = await StartAsync();
        var key = await site.Store.StoreAsync(Ticket("Alice"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => site.Store.RenewAsync(key, Ticket("Mallory")));

        Assert.Equal("Alice", (await site.Store.RetrieveAsync(key))!.Principal.Identity!.Name);
    }

    [Fact]
    public async Task I5_an_event_that_makes_another_user_of_a_session_renews_nothing()
    {
        var replaces = true;
        await using var site = await StartAsync(o => o.Events.OnValidatePrincipal = context =>
        {
            context.ShouldRenew = replaces;
            context.ReplacePrincipal(replaces ? Named("Mallory") : context.Principal!);
            return Task.CompletedTask;
        });
        var cookie = await site.SignInAsync();

        var page = await site.MeAsync(cookie);

        Assert.Equal((HttpStatusCode.OK, null), (page.Status, page.SetCookie));
        replaces = false;
        Assert.Equal("Alice", await site.NameAsync(cookie));
    }

    [Fact]
    public async Task The_store_answers_all_twelve_of_its_methods()
    {
        await using var site = await StartAsync();
        var (store, context, none) = (site.Store, new DefaultHttpContext(), CancellationToken.None);
        foreach (var key in new[] { await store.StoreAsync(Ticket("Alice")), await store.StoreAsync(Ticket("Alice"), none), await store.StoreAsync(Ticket("Alice"), context, none) })
        {
            Assert.Equal(SessionToken.Length, key.Length);
            await store.RenewAsync(key, Ticket("Alice", "1"));
            Assert.Equal("1", (await store.RetrieveAsync(key))!.Properties.Items["n"]);
            await store.RenewAsync(key, Ticket("Alice", "2"), none);
            Assert.Equal("2", (await store.RetrieveAsync(key, none))!.Properties.Items["n"]);
            await store.RenewAsync(key, Ticket("Alice", "3"), context, none);
            Assert.Equal("3", (await store.RetrieveAsync(key, context, none))!.Properties.Items["n"]);
        }

        var keys = new[] { await store.StoreAsync(Ticket("Bob")), await store.StoreAsync(Ticket("Bob")), await store.StoreAsync(Ticket("Bob")) };
        await store.RemoveAsync(keys[0]);
        await store.RemoveAsync(keys[1], new CancellationToken(canceled: true));
        await store.RemoveAsync(keys[2], context, new CancellationToken(canceled: true));
        Assert.Empty(await Silos.User("Bob").ListAsync());
    }

    [Fact]
    public async Task A_renewal_leaves_the_users_other_sessions_as_they_are()
    {
        await using var site = await StartAsync();
        var (one, other) = (await site.Store.StoreAsync(Ticket("Alice", "one")), await site.Store.StoreAsync(Ticket("Alice", "other")));

        await site.Store.RenewAsync(one, Ticket("Alice", "renewed"));

        Assert.Equal("renewed", (await site.Store.RetrieveAsync(one))!.Properties.Items["n"]);
        Assert.Equal("other", (await site.Store.RetrieveAsync(other))!.Properties.Items["n"]);
    }

    [Fact]
    public async Task Each_request_has_a_ticket_of_its_own()
    {
        await using var site = await StartAsync(static o => o.Events.OnValidatePrincipal = static context =>
        {
            context.Principal!.Identities.First().AddClaim(new Claim("of this request", ""));
            context.Properties.Items["of this request"] = "";
            return Task.CompletedTask;
        });
        var cookie = await site.SignInAsync();

        for (var requests = 0; requests < 4; requests++)
        {
            var page = await site.MeAsync(cookie);
            Assert.Single(page.Content!.Claims, static claim => claim[0] == "of this request");
        }
    }

    [Fact]
    public async Task Requests_are_answered_under_a_lease_without_a_call()
    {
        await using var site = await StartAsync();
        var cookie = await site.SignInAsync();
        await site.MeAsync(cookie);
        await site.MeAsync(cookie);

        site.Cluster.IsAway = true;

        Assert.Equal("Alice", await site.NameAsync(cookie));
    }

    [Fact]
    public async Task I7_an_outage_is_503_where_a_user_is_needed_and_nothing_elsewhere()
    {
        await using var site = await StartAsync(leases: false);
        var cookie = await site.SignInAsync();

        site.Cluster.IsAway = true;
        var (secured, open) = (await site.GetAsync("/protected", cookie), await site.GetAsync("/normal", cookie));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, null), (secured.Status, secured.SetCookie));
        Assert.Equal((HttpStatusCode.OK, null), (open.Status, open.SetCookie));
        site.Cluster.IsAway = false;

        // The front end looks for the cluster every now and then. In small steps: no look may run out of time before its answer.
        var name = await site.NameAsync(cookie);
        for (var steps = 0; name is null && steps < 300; steps++)
        {
            Silos.Advance(TimeSpan.FromSeconds(0.1));
            name = await site.NameAsync(cookie);
        }

        Assert.Equal("Alice", name);
    }

    [Fact]
    public async Task I7_a_sign_out_in_an_outage_fails_and_leaves_the_cookie()
    {
        await using var site = await StartAsync(leases: false);
        var cookie = await site.SignInAsync();

        site.Cluster.IsAway = true;
        var page = await site.GetAsync("/signout", cookie);

        Assert.Equal((HttpStatusCode.InternalServerError, null), (page.Status, page.SetCookie));
    }

    [Fact]
    public async Task I7_an_outage_does_not_break_a_response_that_has_been_produced()
    {
        CookieSite? running = null;
        await using var site = await StartAsync(
            static o => o.Events.OnValidatePrincipal = static context =>
            {
                context.ShouldRenew = true;
                context.Properties.Items["changed"] = "yes";
                return Task.CompletedTask;
            },
            map: application => application.MapGet("/late", (HttpContext _) =>
            {
                running!.Cluster.IsAway = true;
                return "produced";
            }),
            leases: false);
        running = site;

        var page = await site.GetAsync("/late", await site.SignInAsync());

        Assert.Equal((HttpStatusCode.OK, null), (page.Status, page.SetCookie));
    }

    [Fact]
    public async Task A_renewal_that_meets_a_sign_out_sets_no_cookie()
    {
        CookieSite? running = null;
        await using var site = await StartAsync(
            static o => o.Events.OnValidatePrincipal = static context =>
            {
                context.ShouldRenew = true;
                return Task.CompletedTask;
            },
            map: application => application.MapGet("/slow", async (HttpContext context) =>
                await running!.GetAsync("/signout", context.Request.Headers.Cookie.ToString())));
        running = site;
        var cookie = await site.SignInAsync();

        var page = await site.GetAsync("/slow", cookie);

        Assert.Null(page.SetCookie);
        Assert.Null(await site.NameAsync(cookie));
    }

    [Fact]
    public async Task A_sliding_renewal_is_a_cookie_and_no_write()
    {
        await using var site = await StartAsync(static o => o.ExpireTimeSpan = TimeSpan.FromMinutes(2));
        var cookie = await site.SignInAsync();
        await site.MeAsync(cookie);
        await site.MeAsync(cookie);
        Silos.Advance(TimeSpan.FromSeconds(61));
        await site.GetAsync("/normal");
        var before = (await Silos.ValidateAsync(site.TokenIn(cookie))).Session!.Revision;

        var renewed = await site.MeAsync(cookie);

        Assert.NotNull(renewed.Cookie);
        Assert.Equal(site.TokenIn(cookie).SessionId, site.TokenIn(renewed.Cookie).SessionId);
        Assert.Equal(before, (await Silos.ValidateAsync(site.TokenIn(cookie))).Session!.Revision);
        Assert.Null((await site.MeAsync(renewed.Cookie)).SetCookie);
    }

    [Fact]
    public async Task L3_the_absolute_timeout_holds_however_often_a_cookie_slides()
    {
        await using var silos = await TestSilos.StartAsync(("OrleansSessions:Sessions:AbsoluteTimeout", "00:30:00"), ("OrleansSessions:Sessions:IdleTimeout", "00:20:00"));
        await using var site = await CookieSite.StartAsync(silos, static o => o.ExpireTimeSpan = TimeSpan.FromMinutes(10));
        var cookie = await site.SignInAsync();
        for (var minutes = 0; minutes < 24; minutes += 6)
        {
            silos.Advance(TimeSpan.FromMinutes(6));
            var page = await site.MeAsync(cookie);
            Assert.Equal("Alice", page.Name);
            cookie = page.Cookie ?? cookie;
        }

        silos.Advance(TimeSpan.FromMinutes(6));

        Assert.Null(await site.NameAsync(cookie));
    }

    [Fact]
    public async Task C5_a_ticket_of_nearly_64_KB_is_kept_and_its_cookie_stays_small()
    {
        var token = new string('x', 64_000);
        await using var site = await StartAsync(testpath: context =>
        {
            var properties = new AuthenticationProperties();
            properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = token }]);
            return context.SignInAsync(Named("Alice"), properties);
        });

        var page = await site.GetAsync("/testpath");

        Assert.InRange(page.Cookie!.Length, 64, 1024);
        Assert.Equal(token, (await site.MeAsync(page.Cookie)).Item(".Token.access_token"));
    }

    [Fact]
    public async Task Claims_that_are_kept_again_keep_the_session_and_replace_its_secret()
    {
        await using var site = await StartAsync(map: static application => application.MapGet("/refresh", static async (HttpContext context) =>
        {
            var result = await context.AuthenticateAsync();
            var principal = result.Principal!.Clone();
            principal.Identities.First().AddClaim(new Claim("fresh", "yes"));
            await context.SignInAsync(principal, result.Properties);
        }));
        var cookie = await site.SignInAsync();

        var refreshed = (await site.GetAsync("/refresh", cookie)).Cookie!;

        Assert.Equal(site.TokenIn(cookie).SessionId, site.TokenIn(refreshed).SessionId);
        Assert.Null(await site.NameAsync(cookie));
        Assert.Equal("yes", (await site.MeAsync(refreshed)).Claim("fresh"));
    }

    [Fact]
    public async Task I5_a_cookie_of_one_scheme_is_nobody_under_another()
    {
        await using var site = await StartAsync(services: static services => services.AddAuthentication().AddCookie("Other", static o =>
        {
            o.TicketDataFormat = null!;
            o.Cookie.Name = "Other";
        }).UseOrleansSessions());
        var cookie = await site.SignInAsync();
        var other = site.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("Other");

        Assert.Null(await other.SessionStore!.RetrieveAsync(site.TokenIn(cookie).ToCookieValue()));
    }

    [Fact]
    public async Task Administration_and_the_feature_know_the_session()
    {
        await using var site = await StartAsync(map: static application => application.MapGet(
            "/session", static (HttpContext context) => context.TryGetSession(out var session) ? session.SessionId : ""));
        var cookie = await site.SignInAsync();

        var page = await site.GetAsync("/session", cookie);
        var session = Assert.Single(await site.Administration.ListAsync("Alice"));
        Assert.Equal(session.SessionId, page.Text);

        Assert.True(await site.Administration.RevokeAsync("Alice", session.SessionId));
        Assert.Null(await site.NameAsync(cookie));
    }

    [Fact]
    public async Task T9_a_protected_cookie_without_a_token_is_anonymous()
    {
        await using var site = await StartAsync();

        foreach (var value in new[] { "", "x", new string('x', 8000), "CfDJ8" })
        {
            var page = await site.MeAsync(".AspNetCore.Cookies=" + value);
            Assert.Equal((HttpStatusCode.OK, null), (page.Status, page.Name));
        }
    }

    [Fact]
    public async Task A_user_without_a_name_has_one_session_alone()
    {
        await using var site = await StartAsync(testpath: static context => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity("whatever"))));

        var cookie = (await site.GetAsync("/testpath")).Cookie!;

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/protected", cookie)).Status);
        Assert.Single(await Silos.User(site.TokenIn(cookie).SessionId).ListAsync());
    }

    [Fact]
    public async Task Before_the_switch_after_it_and_back()
    {
        await using var before = await StartAsync(useSessions: false);
        var old = await before.SignInAsync();
        await using var after = await StartAsync();

        Assert.Null(await after.NameAsync(old));

        // The stock handler must not take the cookie of a session for a user's.
        Assert.Null((await before.GetAsync("/me/Cookies", await after.SignInAsync())).Name);
        Assert.NotEqual(HttpStatusCode.OK, (await before.GetAsync("/protected", await after.SignInAsync())).Status);
    }

    [Fact]
    public async Task Users_who_are_signed_in_at_the_switch_are_carried_over_once()
    {
        await using var before = await StartAsync(useSessions: false);
        var old = await before.SignInAsync();
        var until = Silos.Clock.GetUtcNow().AddHours(1);
        await using var after = await StartAsync(sessions: o => o.CarriesOverUntil = until);
        await using var another = await StartAsync(sessions: o => o.CarriesOverUntil = until);

        var pages = await Task.WhenAll(after.MeAsync(old), another.MeAsync(old), after.MeAsync(old));

        Assert.All(pages, static page => Assert.Equal("Alice", page.Name));
        Assert.Single(await Silos.User("Alice").ListAsync());
        var cookie = pages[0].Cookie!;
        Assert.Equal("Alice", await another.NameAsync(cookie));

        await after.GetAsync("/signout", cookie);

        Assert.Equal((null, null), (await after.NameAsync(cookie), await another.NameAsync(old)));
    }

    [Fact]
    public async Task I5_an_old_cookie_does_not_become_a_session_of_another_user()
    {
        await using var before = await StartAsync(useSessions: false);
        var old = await before.SignInAsync();
        var until = Silos.Clock.GetUtcNow().AddHours(1);
        await using var after = await StartAsync(
            services: static services => services.AddSingleton<IClaimsSource, MakesBob>(), sessions: o => o.CarriesOverUntil = until);

        Assert.Null((await after.MeAsync(old)).Name);

        Assert.Empty(await Silos.User("Bob").ListAsync());
    }

    [Fact]
    public async Task L6_a_sign_out_with_an_old_cookie_is_final_for_it()
    {
        await using var before = await StartAsync(useSessions: false);
        var old = await before.SignInAsync();
        var until = Silos.Clock.GetUtcNow().AddHours(1);
        await using var after = await StartAsync(sessions: o => o.CarriesOverUntil = until);

        await after.GetAsync("/signout", old);

        Assert.Null(await after.NameAsync(old));
    }

    [Fact]
    public async Task After_the_time_for_it_nobody_is_carried_over()
    {
        await using var before = await StartAsync(useSessions: false);
        var old = await before.SignInAsync();
        var until = Silos.Clock.GetUtcNow().AddHours(1);
        await using var after = await StartAsync(sessions: o => o.CarriesOverUntil = until);

        Silos.Advance(TimeSpan.FromHours(2));

        Assert.Null(await after.NameAsync(old));
    }

    [Fact]
    public void The_line_without_a_cookie_scheme_before_it_is_refused()
    {
        var services = new ServiceCollection();
        services.AddAuthentication().UseOrleansSessions();

        var e = Assert.Throws<InvalidOperationException>(() => services.BuildServiceProvider().GetRequiredService<IOptions<AuthenticationOptions>>().Value);

        Assert.Contains("AddCookie", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_no_cookie_scheme_is_refused()
    {
        var services = new ServiceCollection();
        services.AddAuthentication().UseOrleansSessions("nobody's");

        var e = Assert.Throws<InvalidOperationException>(() => services.BuildServiceProvider().GetRequiredService<IOptions<AuthenticationOptions>>().Value);

        Assert.Contains("nobody's", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_the_applications_own_beside_it_is_refused()
    {
        var own = NSubstitute.Substitute.For<ITicketStore>();

        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var site = await StartAsync(o => o.SessionStore = own);
            _ = site.Store;
        });

        Assert.Contains(Scheme, e.Message, StringComparison.Ordinal);
    }

    private static ClaimsPrincipal Named(string name) => new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "Cookies"));

    private static AuthenticationTicket Ticket(string name, string n = "0") =>
        new(Named(name), new AuthenticationProperties(new Dictionary<string, string?> { ["n"] = n }), Scheme);

    private sealed class MakesBob : IClaimsSource
    {
        public ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken) =>
            new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "Bob")], "source")));
    }

    private Task<CookieSite> StartAsync(
        Action<CookieAuthenticationOptions>? configure = null,
        RequestDelegate? testpath = null,
        Action<IServiceCollection>? services = null,
        Action<CookieSessionsOptions>? sessions = null,
        Action<WebApplication>? map = null,
        bool useSessions = true,
        bool leases = true) => CookieSite.StartAsync(Silos, configure, testpath, services, sessions, map, useSessions, leases: leases);
}
