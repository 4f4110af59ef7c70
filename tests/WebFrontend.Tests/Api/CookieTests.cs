using System.Net;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class CookieTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task C1_C2_C3_C4_every_cookie_carries_all_its_attributes_over_plain_HTTP()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();

        using var page = await browser.GetAsync("/sign-in");
        using var signIn = await browser.SignInAsync(userName);

        var cookies = page.SetCookies().Concat(signIn.SetCookies()).ToList();
        Assert.Equal(["__Host-antiforgery", "__Host-device", "__Host-session"], cookies.Select(static one => one.Split('=')[0]).Order(StringComparer.Ordinal));
        Assert.All(cookies, static cookie =>
        {
            var attributes = cookie.ToLowerInvariant().Split("; ");
            Assert.Contains("secure", attributes);
            Assert.Contains("httponly", attributes);
            Assert.Contains("samesite=lax", attributes);
            Assert.Contains("path=/", attributes);
            Assert.DoesNotContain(attributes, static one => one.StartsWith("domain", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task C4_the_secret_is_in_no_body_and_no_other_header()
    {
        using var browser = await SignedInAsync();
        var secret = browser.SessionCookie[24..];

        foreach (var path in new[] { "/", "/sessions", "/password", "/reauthenticate", "/api/session", "/api/sessions" })
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.DoesNotContain(secret, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain(secret, response.Headers.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task C6_only_a_remembered_session_outlives_the_browser_and_none_400_days()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();

        using var forgotten = await browser.SignInAsync(userName);
        using var remembered = await browser.SignInAsync(userName, rememberMe: true);

        Assert.DoesNotContain("max-age", forgotten.SetCookie("__Host-session"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"max-age={30 * 86400}", remembered.SetCookie("__Host-session"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task C7_the_name_is_matched_exactly()
    {
        using var browser = await SignedInAsync();
        using var attacker = await SignedInAsync();
        var (good, evil) = (browser.SessionCookie, attacker.SessionCookie);

        browser.RawCookie = $"__Host-session={good}; __HoSt-session={evil}";
        using var mixed = await browser.GetAsync("/api/session");
        Assert.Equal(good[..24], (await TestBrowser.ReadJsonAsync(mixed)).GetProperty("sessionId").GetString());

        foreach (var tossed in new[] { $"%48ost-session={good}", $"__%48ost-session={good}", $"=__Host-session={good}", $"__host-session={good}", $"a=b;\t__Host-session={good}" })
        {
            browser.RawCookie = tossed;
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        }
    }

    [Fact]
    public async Task C8_sixty_tossed_cookies_neither_break_a_sign_in_nor_lend_an_identity()
    {
        using var attacker = await SignedInAsync();
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        browser.RawCookie = string.Join("; ", Enumerable.Repeat($"__Host-session={attacker.SessionCookie}", 60));

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        using var response = await browser.SignInAsync(userName);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/register", HttpStatusCode.OK)]
    [InlineData("/sessions", HttpStatusCode.Redirect)]
    [InlineData("/password", HttpStatusCode.Redirect)]
    [InlineData("/reauthenticate", HttpStatusCode.Redirect)]
    [InlineData("/api/session", HttpStatusCode.Unauthorized)]
    [InlineData("/api/session/events", HttpStatusCode.Unauthorized)]
    [InlineData("/api/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    public async Task C9_no_cache_keeps_what_depends_on_the_cookie(string path, HttpStatusCode status)
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Contains("Cookie", response.Header("Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C10_the_deletion_repeats_the_attributes_it_was_set_with()
    {
        using var browser = await SignedInAsync();

        using var response = await browser.DeleteAsync("/api/session");

        var cookie = response.SetCookie("__Host-session")!.ToLowerInvariant();
        Assert.StartsWith("__host-session=;", cookie, StringComparison.Ordinal);
        Assert.All(["max-age=0", "path=/", "secure", "httponly", "samesite=lax"], attribute => Assert.Contains(attribute, cookie, StringComparison.Ordinal));
    }
}
