using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests.Cookies;

/// <summary>The cases of ASP.NET Core's own tests of cookie authentication, by their names: they hold with sessions.</summary>
/// <remarks>
/// Left out is what no session has a part in: the Ajax redirects, the forwarding of schemes, wrong scheme names, and options that are
/// refused. Two differ by design: in <c>CookieNotRenewedAfterSignOut</c> an old cookie goes on after the sign-out of its renewal, and in
/// <c>CookieCanBeReplacedByValidator</c> a renewal makes another user of the session, which
/// <see cref="CookieSessionTests"/> has refused.
/// </remarks>
public sealed class CookieTests : IAsyncLifetime
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private TestSilos? _silos;

    private TestSilos Silos => _silos!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(("OrleansSessions:Sessions:UnusedTimeout", "01:00:00"));

    public async Task DisposeAsync() => await Silos.DisposeAsync();

    [Fact]
    public async Task NormalRequestPassesThrough()
    {
        await using var site = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/normal")).Status);
    }

    [Fact]
    public async Task SignInCausesDefaultCookieToBeCreated()
    {
        await using var site = await StartAsync(static o => o.Cookie.Name = "TestCookie");

        var page = await site.GetAsync("/testpath");

        Assert.StartsWith("TestCookie=", page.SetCookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", page.SetCookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", page.SetCookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=", page.SetCookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; expires=", page.SetCookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; domain=", page.SetCookie, StringComparison.Ordinal);
        Assert.DoesNotContain("; secure", page.SetCookie, StringComparison.Ordinal);
        Assert.True(page.Response.Headers.CacheControl!.NoCache);
        Assert.True(page.Response.Headers.CacheControl.NoStore);
        Assert.Equal("no-cache", page.Response.Headers.Pragma.ToString());
    }

    [Fact]
    public async Task CustomAuthSchemeEncodesCookieName()
    {
        const string Name = "With spaces and 界";
        await using var site = await StartAsync(
            testpath: static context => context.SignInAsync(Name, CookieSite.Alice()),
            services: static services => services.AddAuthentication().AddCookie(Name).UseOrleansSessions());

        Assert.StartsWith(".AspNetCore.With%20spaces%20and%20%E7%95%8C=", (await site.GetAsync("/testpath")).SetCookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CookieSecurePolicy.Always, true)]
    [InlineData(CookieSecurePolicy.None, false)]
    [InlineData(CookieSecurePolicy.SameAsRequest, false)]
    public async Task SecureSignInCausesSecureOnlyCookieByDefault(CookieSecurePolicy policy, bool isSecure)
    {
        await using var site = await StartAsync(o => o.Cookie.SecurePolicy = policy);

        Assert.Equal(isSecure, (await site.GetAsync("/testpath")).SetCookie!.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CookieOptionsAlterSetCookieHeader()
    {
        await using var site = await StartAsync(static o =>
        {
            o.Cookie.Name = "TestCookie";
            o.Cookie.Path = "/foo";
            o.Cookie.Domain = "another.com";
            o.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            o.Cookie.SameSite = SameSiteMode.None;
            o.Cookie.HttpOnly = true;
        });

        var set = (await site.GetAsync("/testpath")).SetCookie;

        foreach (var attribute in new[] { "TestCookie=", " path=/foo", " domain=another.com", " secure", " samesite=none", " httponly" })
        {
            Assert.Contains(attribute, set, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CookieContainsIdentity()
    {
        await using var site = await StartAsync();

        Assert.Equal("Alice", await site.NameAsync(await site.SignInAsync()));
    }

    [Fact]
    public async Task CookieAppliesClaimsTransform()
    {
        await using var site = await StartAsync(services: static services => services.AddSingleton<IClaimsTransformation, Transformation>());

        var page = await site.MeAsync(await site.SignInAsync());

        Assert.Equal("Alice", page.Name);
        Assert.Equal("yup", page.Claim("xform"));
        Assert.Null(page.Claim("sync"));
    }

    [Fact]
    public async Task CookieStopsWorkingAfterExpiration()
    {
        await using var site = await StartAsync(static o => (o.ExpireTimeSpan, o.SlidingExpiration) = (TimeSpan.FromMinutes(10), false));
        var cookie = await site.SignInAsync();

        await AssertSignedInAsync(site, cookie);
        Advance(7);
        await AssertSignedInAsync(site, cookie);
        Advance(7);
        await AssertSignedOutAsync(site, cookie);
    }

    [Fact]
    public async Task CookieExpirationCanBeOverridenInSignin()
    {
        await using var site = await StartAsync(
            static o => (o.ExpireTimeSpan, o.SlidingExpiration) = (TimeSpan.FromMinutes(10), false),
            context => context.SignInAsync(CookieSite.Alice(), new AuthenticationProperties { ExpiresUtc = Silos.Clock.GetUtcNow().AddMinutes(5) }));

        await AssertEndsBetweenThreeAndSixMinutesAsync(site);
    }

    [Fact]
    public async Task CookieExpirationCanBeOverridenInEvent()
    {
        await using var site = await StartAsync(o =>
        {
            (o.ExpireTimeSpan, o.SlidingExpiration) = (TimeSpan.FromMinutes(10), false);
            o.Events.OnSigningIn = context =>
            {
                context.Properties.ExpiresUtc = Silos.Clock.GetUtcNow().AddMinutes(5);
                return Task.CompletedTask;
            };
        });

        await AssertEndsBetweenThreeAndSixMinutesAsync(site);
    }

    [Fact]
    public async Task ExpiredCookieWithValidatorStillExpired()
    {
        await using var site = await StartAsync(Renewing);
        var cookie = await site.SignInAsync();

        Advance(11);

        await AssertSignedOutAsync(site, cookie);
    }

    [Fact]
    public async Task CookieCanBeRejectedAndSignedOutByValidator()
    {
        await using var site = await StartAsync(static o => o.Events.OnValidatePrincipal = static context =>
        {
            context.RejectPrincipal();
            return context.HttpContext.SignOutAsync(Scheme);
        });

        var page = await site.MeAsync(await site.SignInAsync());

        Assert.Contains(".AspNetCore.Cookies=; expires=", page.SetCookie, StringComparison.Ordinal);
        Assert.Null(page.Name);
    }

    [Fact]
    public async Task CookieNotRenewedAfterSignOut_but_for_the_old_cookie_which_dies_with_its_session()
    {
        await using var site = await StartAsync(Renewing);
        var first = await site.SignInAsync();
        var second = (await site.MeAsync(first)).Cookie!;
        Assert.NotNull((await site.GetAsync("/normal", first)).SetCookie);

        // The sign-out wins over the renewal.
        var page = await site.GetAsync("/signout", second);

        Assert.Contains(".AspNetCore.Cookies=; expires=", page.SetCookie, StringComparison.Ordinal);
        await AssertSignedOutAsync(site, first);
    }

    [Fact]
    public async Task CookieCanBeRenewedByValidator()
    {
        await using var site = await StartAsync(static o =>
        {
            Renewing(o);
            o.SlidingExpiration = true;
        });
        await AssertOnlyRenewedCookiesLastAsync(site);
    }

    [Fact]
    public async Task CookieValidatorOnlyCalledOnce()
    {
        var calls = 0;
        await using var site = await StartAsync(
            o => o.Events.OnValidatePrincipal = _ =>
            {
                calls++;
                return Task.CompletedTask;
            },
            services: static services => services.AddAuthorization());

        await site.GetAsync("/protected", await site.SignInAsync());
        Assert.Equal(1, calls);
        await site.MeAsync(await site.SignInAsync());
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task CookieCanBeReplacedByValidator()
    {
        await using var site = await StartAsync(static o => o.Events.OnValidatePrincipal = static context =>
        {
            context.ShouldRenew = true;
            context.ReplacePrincipal(Named("Alice", "replaced"));
            return Task.CompletedTask;
        });

        var page = await site.MeAsync(await site.SignInAsync());

        Assert.NotNull(page.SetCookie);
        Assert.Equal("replaced", page.Claim("marker"));
    }

    [Fact]
    public async Task CookieCanBeUpdatedByValidatorDuringRefresh()
    {
        var replaces = false;
        await using var site = await StartAsync(o => o.Events.OnValidatePrincipal = context =>
        {
            if (replaces)
            {
                context.ShouldRenew = true;
                context.ReplacePrincipal(Named("Alice", "replaced"));
                context.Properties.Items["updated"] = "yes";
            }

            return Task.CompletedTask;
        });
        var cookie = await site.SignInAsync();
        Assert.Null((await site.MeAsync(cookie)).Item("updated"));

        replaces = true;
        var renewed = await site.MeAsync(cookie);
        Assert.NotNull(renewed.SetCookie);
        Assert.Equal(("replaced", "yes"), (renewed.Claim("marker"), renewed.Item("updated")));

        // What was kept is there at once, also for those who still have the old cookie.
        replaces = false;
        foreach (var held in new[] { renewed.Cookie, cookie })
        {
            var page = await site.MeAsync(held);
            Assert.Equal(("replaced", "yes"), (page.Claim("marker"), page.Item("updated")));
        }
    }

    [Fact]
    public async Task CookieCanBeRenewedByValidatorWithSlidingExpiry()
    {
        await using var site = await StartAsync(static o =>
        {
            Renewing(o);
            o.SlidingExpiration = true;
        });
        var cookie = await site.SignInAsync();
        foreach (var minutes in new[] { 0, 5, 6 })
        {
            Advance(minutes);
            var page = await site.MeAsync(cookie);
            Assert.Equal("Alice", page.Name);
            cookie = page.Cookie!;
        }

        Advance(11);
        await AssertSignedOutAsync(site, cookie);
    }

    [Fact]
    public async Task CookieCanBeRenewedByValidatorWithModifiedProperties()
    {
        await using var site = await StartAsync(static o =>
        {
            o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
            o.Events.OnValidatePrincipal = static context =>
            {
                context.ShouldRenew = true;
                Count(context.Principal!);
                return Task.CompletedTask;
            };
        });
        var cookie = await site.SignInAsync();
        foreach (var (minutes, counter) in new[] { (0, "1"), (5, "11"), (6, "111") })
        {
            Advance(minutes);
            var page = await site.MeAsync(cookie);
            Assert.Equal(counter, page.Claim("counter"));
            cookie = page.Cookie!;
        }

        Advance(11);
        await AssertSignedOutAsync(site, cookie);
    }

    [Fact]
    public async Task CookieCanBeRenewedByValidatorWithModifiedLifetime()
    {
        await using var site = await StartAsync(o =>
        {
            o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
            o.Events.OnValidatePrincipal = context =>
            {
                context.ShouldRenew = true;
                Count(context.Principal!);

                // The lifetime counts from the issue: this keeps the end where it is.
                context.Properties.IssuedUtc = Silos.Clock.GetUtcNow();
                return Task.CompletedTask;
            };
        });
        var cookie = await site.SignInAsync();
        foreach (var (minutes, counter) in new[] { (0, "1"), (1, "11"), (1, "111") })
        {
            Advance(minutes);
            var page = await site.MeAsync(cookie);
            Assert.Equal(counter, page.Claim("counter"));
            cookie = page.Cookie!;
        }

        Advance(9);
        await AssertSignedOutAsync(site, cookie);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ShouldRenewUpdatesIssuedExpiredUtc(bool sliding)
    {
        var seen = new List<(DateTimeOffset? Issued, DateTimeOffset? Expires)>();
        await using var site = await StartAsync(o =>
        {
            (o.ExpireTimeSpan, o.SlidingExpiration) = (TimeSpan.FromMinutes(10), sliding);
            o.Events.OnValidatePrincipal = context =>
            {
                seen.Add((context.Properties.IssuedUtc, context.Properties.ExpiresUtc));
                context.ShouldRenew = true;
                return Task.CompletedTask;
            };
        });
        var cookie = await site.SignInAsync();
        foreach (var minutes in new[] { 0, 1, 2 })
        {
            Advance(minutes);
            var page = await site.MeAsync(cookie);
            Assert.Equal("Alice", page.Name);
            cookie = page.Cookie!;
        }

        Assert.NotEqual(seen[0].Issued, seen[^1].Issued);
        Assert.NotEqual(seen[0].Expires, seen[^1].Expires);
    }

    [Fact]
    public async Task CookieIsRenewedWithSlidingExpiration()
    {
        await using var site = await StartAsync(static o => o.ExpireTimeSpan = TimeSpan.FromMinutes(10));

        await AssertSlidesAsync(site);
    }

    [Fact]
    public async Task CookieIsRenewedWithSlidingExpirationWithoutTransformations()
    {
        await using var site = await StartAsync(
            static o =>
            {
                o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
                o.Events.OnValidatePrincipal = static context =>
                {
                    Assert.Single(context.Principal!.Identities);
                    Assert.True(context.Principal.HasClaim("marker", "true"));
                    return Task.CompletedTask;
                };
            },
            services: static services => services.AddSingleton<IClaimsTransformation, Transformation>());

        await AssertSlidesAsync(site);
    }

    [Fact]
    public async Task CookieIsRenewedWithSlidingExpirationEvent()
    {
        await using var site = await StartAsync(static o =>
        {
            o.ExpireTimeSpan = TimeSpan.FromMinutes(10);
            o.Events.OnCheckSlidingExpiration = static context =>
            {
                Assert.Equal(context.Request.Query["expectrenew"] == "1", context.ShouldRenew);
                context.ShouldRenew = context.Request.Query["renew"] == "1";
                return Task.CompletedTask;
            };
        });
        var cookie = await site.SignInAsync();
        foreach (var (minutes, query, renews) in new[] { (0, "?renew=0", false), (4, "?renew=0", false), (4, "?expectrenew=1&renew=0", false), (0, "?expectrenew=1&renew=1", true) })
        {
            Advance(minutes);
            var page = await site.GetAsync("/me/Cookies" + query, cookie);
            Assert.Equal("Alice", page.Name);
            Assert.Equal(renews, page.SetCookie is not null);
            cookie = page.Cookie ?? cookie;
        }

        Assert.NotNull((await site.GetAsync("/me/Cookies?renew=1", cookie)).SetCookie);
    }

    [Fact]
    public async Task CookieUsesPathBaseByDefault()
    {
        await using var site = await StartAsync(pathBase: "/base");

        Assert.Contains("path=/base", (await site.GetAsync("/base/testpath")).SetCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CookieChallengeRedirectsToLoginWithoutCookie()
    {
        await using var site = await StartAsync();

        var page = await site.GetAsync("/challenge");

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Contains("/Account/Login?", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CookieForbidRedirectsWithoutCookie()
    {
        await using var site = await StartAsync();

        var page = await site.GetAsync("/forbid");

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Contains("/Account/AccessDenied?", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CookieChallengeRedirectsWithLoginPath()
    {
        await using var site = await StartAsync(static o => o.LoginPath = "/page");

        Assert.Contains("/page?", (await site.GetAsync("/challenge", await site.SignInAsync())).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CookieChallengeWithUnauthorizedRedirectsToLoginIfNotAuthenticated()
    {
        await using var site = await StartAsync(static o => o.LoginPath = "/page");

        Assert.Contains("/page?ReturnUrl=%2Fprotected", (await site.GetAsync("/protected")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanConfigureDefaultCookieInstance()
    {
        await using var site = await StartAsync(services: static services =>
            services.Configure<CookieAuthenticationOptions>(Scheme, static o => o.Cookie.Name = "One"));

        Assert.StartsWith("One=", (await site.GetAsync("/testpath")).SetCookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanConfigureNamedCookieInstance()
    {
        await using var site = await StartAsync(
            testpath: static context => context.SignInAsync("Cookie1", new ClaimsPrincipal(new ClaimsIdentity("whatever"))),
            services: static services =>
            {
                services.AddAuthentication().AddCookie("Cookie1").UseOrleansSessions();
                services.Configure<CookieAuthenticationOptions>("Cookie1", static o => o.Cookie.Name = "One");
            });

        Assert.StartsWith("One=", (await site.GetAsync("/testpath")).SetCookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MapWithSignInOnlyRedirectToReturnUrlOnLoginPath", "/notlogin?ReturnUrl=%2Fpage", null)]
    [InlineData("MapWillNotAffectSignInRedirectToReturnUrl", "/login?ReturnUrl=%2Fpage", "/page")]
    [InlineData("MapWithSignOutOnlyRedirectToReturnUrlOnLogoutPath", "/notlogout?ReturnUrl=%2Fpage", null)]
    [InlineData("MapWillNotAffectSignOutRedirectToReturnUrl", "/logout?ReturnUrl=%2Fpage", "/page")]
    public async Task Maps(string name, string path, string? location)
    {
        await using var site = await StartAsync(
            static o => (o.LoginPath, o.LogoutPath) = ("/login", "/logout"),
            map: static application =>
            {
                application.Map("/login", static branch => branch.Run(CookieSite.SignInAsAlice));
                application.Map("/notlogin", static branch => branch.Run(CookieSite.SignInAsAlice));
                application.Map("/logout", static branch => branch.Run(static context => context.SignOutAsync()));
                application.Map("/notlogout", static branch => branch.Run(static context => context.SignOutAsync()));
            });

        var page = await site.GetAsync(path);

        Assert.NotNull(name);
        Assert.Equal((location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect, location), (page.Status, page.Location));
        Assert.NotNull(page.SetCookie);
    }

    [Theory]
    [InlineData("/redirect_test", "/loginpath")]
    [InlineData("/redirect_test", "/testpath")]
    [InlineData("http://example.com/redirect_to", "/loginpath")]
    [InlineData("http://example.com/redirect_to", "/testpath")]
    public async Task RedirectUriIsHonoredAfterSignin(string target, string loginPath)
    {
        await using var site = await StartAsync(
            o => o.LoginPath = loginPath,
            context => context.SignInAsync(CookieSite.Alice(), new AuthenticationProperties { RedirectUri = target }));

        var page = await site.GetAsync("/testpath");

        Assert.NotNull(page.SetCookie);
        Assert.Equal((HttpStatusCode.Redirect, target), (page.Status, page.Location));
    }

    [Theory]
    [InlineData("RedirectUriInQueryIsIgnoredAfterSigninForUnrecognizedEndpoints", "/loginpath", "%2Fret_path_2", null)]
    [InlineData("RedirectUriInQueryIsHonoredAfterSignin", "/testpath", "%2Fret_path_2", "/ret_path_2")]
    [InlineData("AbsoluteRedirectUriInQueryStringIsRejected", "/testpath", "http%3A%2F%2Fexample.com%2Fredirect_to", null)]
    [InlineData("S6 two slashes", "/testpath", "%2F%2Fevil.test", null)]
    [InlineData("S6 a backslash", "/testpath", "%2F%5Cevil.test", null)]
    [InlineData("S6 an encoded backslash", "/testpath", "%2F%255Cevil.test", null)]
    [InlineData("S6 a tab", "/testpath", "%2F%09%2Fevil.test", null)]
    public async Task Redirects(string name, string loginPath, string wish, string? location)
    {
        await using var site = await StartAsync(o => (o.LoginPath, o.ReturnUrlParameter) = (loginPath, "return"));

        var page = await site.GetAsync("/testpath?return=" + wish);

        Assert.NotNull(name);
        Assert.NotNull(page.SetCookie);
        Assert.Equal((location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect, location), (page.Status, page.Location));
    }

    [Fact]
    public async Task EnsurePrecedenceOfRedirectUriAfterSignin()
    {
        await using var site = await StartAsync(
            static o => (o.LoginPath, o.ReturnUrlParameter) = ("/testpath", "return"),
            static context => context.SignInAsync(CookieSite.Alice(), new AuthenticationProperties { RedirectUri = "/redirect_test" }));

        Assert.Equal("/redirect_test", (await site.GetAsync("/testpath?return=%2Fret_path_2")).Location);
    }

    [Fact]
    public async Task CanSpecifyAndShareDataProtector()
    {
        var protector = new EphemeralDataProtectionProvider().CreateProtector("shared");
        void Share(CookieAuthenticationOptions o) => (o.TicketDataFormat, o.Cookie.Name) = (new TicketDataFormat(protector), "Cookie");
        await using var one = await StartAsync(Share);
        await using var two = await StartAsync(Share);

        Assert.Equal("Alice", await two.NameAsync(await one.SignInAsync()));
    }

    [Fact]
    public async Task NullExpiresUtcPropertyIsGuarded()
    {
        await using var site = await StartAsync(static o => o.Events.OnValidatePrincipal = static context =>
        {
            context.Properties.ExpiresUtc = null;
            context.ShouldRenew = true;
            return Task.CompletedTask;
        });

        Assert.Equal(HttpStatusCode.OK, (await site.GetAsync("/normal", await site.SignInAsync())).Status);
    }

    [Fact]
    public async Task SignInWithTicketStoreWorks()
    {
        await using var site = await StartAsync();

        var first = await site.SignInAsync();
        var second = await site.SignInAsync(first);

        Assert.NotEqual(site.TokenIn(first).SessionId, site.TokenIn(second).SessionId);
        var session = Assert.Single(await Silos.User("Alice").ListAsync());
        Assert.Equal(site.TokenIn(second).SessionId, session.SessionId);
    }

    [Fact]
    public async Task SessionStoreRemovesExpired()
    {
        await using var site = await StartAsync(static o => (o.ExpireTimeSpan, o.SlidingExpiration) = (TimeSpan.FromMinutes(10), false));
        var cookie = await site.SignInAsync();
        await site.MeAsync(cookie);

        Advance(11);

        await AssertSignedOutAsync(site, cookie);
        Assert.Empty(await Silos.User("Alice").ListAsync());
    }

    private static void Renewing(CookieAuthenticationOptions options)
    {
        (options.ExpireTimeSpan, options.SlidingExpiration) = (TimeSpan.FromMinutes(10), false);
        options.Events.OnValidatePrincipal = static context =>
        {
            context.ShouldRenew = true;
            return Task.CompletedTask;
        };
    }

    private static ClaimsPrincipal Named(string name, string marker) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim("marker", marker)], "Cookies2"));

    private static void Count(ClaimsPrincipal principal)
    {
        var identity = principal.Identities.First();
        var counter = identity.FindFirst("counter");
        identity.TryRemoveClaim(counter);
        identity.AddClaim(new Claim("counter", counter?.Value + "1"));
    }

    private static async Task AssertSignedInAsync(CookieSite site, string cookie)
    {
        var page = await site.MeAsync(cookie);
        Assert.Equal(("Alice", null), (page.Name, page.SetCookie));
    }

    private static async Task AssertSignedOutAsync(CookieSite site, string cookie)
    {
        var page = await site.MeAsync(cookie);
        Assert.Equal((null, null), (page.Name, page.SetCookie));
    }

    private async Task AssertOnlyRenewedCookiesLastAsync(CookieSite site)
    {
        var first = await site.SignInAsync();
        var second = (await site.MeAsync(first)).Cookie!;
        Assert.NotNull(second);
        Advance(5);
        var third = (await site.MeAsync(second)).Cookie!;
        Advance(6);
        await AssertSignedOutAsync(site, first);
        Assert.Equal("Alice", await site.NameAsync(third));
        Advance(5);
        await AssertSignedOutAsync(site, second);
    }

    private async Task AssertEndsBetweenThreeAndSixMinutesAsync(CookieSite site)
    {
        var cookie = await site.SignInAsync();
        await AssertSignedInAsync(site, cookie);
        Advance(3);
        await AssertSignedInAsync(site, cookie);
        Advance(3);
        await AssertSignedOutAsync(site, cookie);
    }

    private async Task AssertSlidesAsync(CookieSite site)
    {
        var cookie = await site.SignInAsync();
        await AssertSignedInAsync(site, cookie);
        Advance(4);
        await AssertSignedInAsync(site, cookie);
        Advance(4);
        var renewed = await site.MeAsync(cookie);
        Assert.Equal("Alice", renewed.Name);
        Assert.NotNull(renewed.Cookie);
        Advance(4);
        await AssertSignedInAsync(site, renewed.Cookie);
    }

    private void Advance(int minutes) => Silos.Advance(TimeSpan.FromMinutes(minutes));

    private Task<CookieSite> StartAsync(
        Action<CookieAuthenticationOptions>? configure = null,
        RequestDelegate? testpath = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        string pathBase = "") => CookieSite.StartAsync(Silos, configure, testpath, services, map: map, pathBase: pathBase);

    private sealed class Transformation : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            if (principal.Identities.All(static identity => identity.AuthenticationType != "xform"))
            {
                var first = principal.Identities.First();
                first.TryRemoveClaim(first.FindFirst("marker"));
                principal.AddIdentity(new ClaimsIdentity([new Claim("xform", "yup")], "xform"));
            }

            return Task.FromResult(principal);
        }
    }
}
