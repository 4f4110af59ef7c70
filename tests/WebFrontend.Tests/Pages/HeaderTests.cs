using System.Net;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class HeaderTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/nowhere")]
    [InlineData("/api/session")]
    [InlineData("/health/live")]
    public async Task O7_every_answer_carries_the_security_headers(string path)
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.GetAsync(path);

        var policy = response.Header("Content-Security-Policy")!;
        Assert.All(
            ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"],
            directive => Assert.Contains(directive, policy, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", response.Header("Referrer-Policy"));
        Assert.Equal("same-origin", response.Header("Cross-Origin-Opener-Policy"));
        Assert.NotNull(response.Header("Permissions-Policy"));
        Assert.Null(response.Header("Server"));
        Assert.Null(response.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task F1_forwarded_headers_of_anyone_are_ignored()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        browser.Headers["X-Forwarded-For"] = "203.0.113.9";
        browser.Headers["X-Forwarded-Proto"] = "https";

        using var signIn = await browser.SignInAsync(userName);
        using var list = await browser.GetAsync("/api/sessions");

        Assert.Equal("127.0.0.1", (await TestBrowser.ReadJsonAsync(list))[0].GetProperty("address").GetString());
        Assert.Null(list.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task F1_forwarded_headers_of_a_configured_proxy_count()
    {
        await using var behindProxy = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:KnownProxies:0=127.0.0.0/8");
        var userName = await RegisteredAsync();
        using var browser = behindProxy.Browser();
        browser.Headers["X-Forwarded-For"] = "203.0.113.9";
        browser.Headers["X-Forwarded-Proto"] = "https";
        browser.Headers["Host"] = "sessions.example";
        browser.Headers["Origin"] = "https://sessions.example";

        using var signIn = await browser.SignInAsync(userName);
        using var list = await browser.GetAsync("/api/sessions");

        Assert.Equal("203.0.113.9", (await TestBrowser.ReadJsonAsync(list))[0].GetProperty("address").GetString());
        Assert.NotNull(list.Header("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    [InlineData("::ffff:203.0.113.9")]
    [InlineData("203.0.113.9, unknown, 10.0.0.1")]
    public async Task F1_malformed_forwarded_headers_break_nothing(string value)
    {
        await using var behindProxy = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:KnownProxies:0=127.0.0.1");
        using var browser = behindProxy.Browser();
        browser.Headers["X-Forwarded-For"] = value;

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Fact]
    public async Task Assets_are_kept_for_good_and_set_no_cookie()
    {
        using var browser = FrontEnd.Browser();
        using var home = await browser.GetAsync("/");
        var sheet = (await TestBrowser.ReadHtmlAsync(home)).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        using var response = await browser.GetAsync(sheet);

        Assert.Equal("text/css", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", response.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Empty(response.SetCookies());
    }
}
