using System.Net;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>Whose page made the browser send a request, where the browser does not say so itself.</summary>
public sealed class OriginTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/register")]
    public async Task C06_a_form_of_ours_is_taken_from_a_browser_that_declines_to_name_its_origin(string page)
    {
        using var browser = FrontEnd.Browser();
        browser.Headers["Origin"] = "null";

        using var response = await browser.SubmitAsync(page, new() { ["UserName"] = Some.UserName(), ["Password"] = "b" });

        Assert.Equal(page == "/sign-in" ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("another site", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task C06_such_a_browser_signs_in_and_out()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        browser.Headers["Origin"] = "null";

        using var signIn = await browser.SubmitAsync("/sign-in", new() { ["UserName"] = userName, ["Password"] = The.Password });
        Assert.Equal("/", signIn.Header("Location"));
        using var signOut = await browser.SubmitAsync("/sign-out", []);
        Assert.Equal("/sign-in?signed-out", signOut.Header("Location"));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("null", "another browser's")]
    [InlineData("https://evil.example", "its own")]
    [InlineData("http://127.0.0.1.evil.example", "its own")]
    public async Task G7_another_site_stays_refused_with_whatever_token_it_can_have(string origin, string? whose)
    {
        var userName = await RegisteredAsync();
        using var victim = await SignedInAsync(userName);
        using var attacker = FrontEnd.Browser();
        var own = await TokenAsync(victim, "/");
        var foreign = await TokenAsync(attacker, "/sign-in");
        victim.Headers["Origin"] = origin;
        Dictionary<string, string> fields = whose is null ? [] : new() { ["__RequestVerificationToken"] = whose == "its own" ? own : foreign };

        foreach (var path in new[] { "/sign-in", "/register", "/sign-out", "/password", "/reauthenticate", "/sessions?handler=EndOthers" })
        {
            using var response = await victim.PostFormAsync(path, new(fields) { ["UserName"] = userName, ["Password"] = The.Password });

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.DoesNotContain(response.SetCookies(), static cookie => cookie.StartsWith("__Host-session", StringComparison.Ordinal));
        }

        victim.Headers.Clear();
        Assert.Equal(HttpStatusCode.OK, await victim.StatusAsync());
    }

    [Theory]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task G7_the_API_takes_no_change_from_elsewhere(string header, string value)
    {
        using var victim = await SignedInAsync();
        victim.Headers[header] = value;

        foreach (var (method, path) in new[]
        {
            ("POST", "/api/session"), ("DELETE", "/api/session"), ("POST", "/api/session/reauthenticate"), ("POST", "/api/accounts"),
            ("POST", "/api/account/password"), ("DELETE", "/api/sessions?scope=all"), ("DELETE", "/api/sessions/AAAAAAAAAAAAAAAAAAAAAAAA"),
        })
        {
            using var response = await victim.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }

        victim.Headers.Clear();
        Assert.Equal(HttpStatusCode.OK, await victim.StatusAsync());
    }

    [Theory]
    [InlineData("example.com:80", "http://example.com")]
    [InlineData("example.com", "http://example.com:80")]
    public async Task C07_a_default_port_is_no_port(string host, string origin)
    {
        using var browser = FrontEnd.Browser();
        browser.Headers["Host"] = host;
        browser.Headers["Origin"] = origin;

        using var response = await browser.SignInAsync(Some.UserName());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("http://portal.test")]
    [InlineData(null)]
    public async Task C08_a_form_over_plain_HTTP_is_told_that_it_needs_HTTPS(string? origin)
    {
        var log = new LogCapture();
        await using var lan = await TestFrontEnd.StartAsync(Cluster, builder => log.Listen(builder.Logging));
        using var browser = lan.Browser();
        browser.Headers["Host"] = "portal.test";
        if (origin is not null)
        {
            browser.Headers["Origin"] = origin;
        }

        using var page = await browser.GetAsync("/sign-in");
        var token = (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        // Over plain HTTP the browser has dropped the cookie.
        browser.Cookies.Clear();
        using var response = await browser.PostFormAsync(
            "/sign-in", new() { ["UserName"] = "a1", ["Password"] = "b", ["__RequestVerificationToken"] = token });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("needs HTTPS (or localhost)", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(log.Lines, static line => line.Level == LogLevel.Warning && line.Message.Contains("plain HTTP", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, static line => line.Message.Contains("another site", StringComparison.Ordinal));
    }

    [Fact]
    public async Task C08_the_API_says_so_to_a_browser_and_leaves_no_session_behind()
    {
        var log = new LogCapture();
        await using var lan = await TestFrontEnd.StartAsync(Cluster, builder => log.Listen(builder.Logging));
        var userName = await RegisteredAsync();
        using var browser = lan.Browser();
        browser.Headers["Host"] = "portal.test";
        browser.Headers["Origin"] = "http://portal.test";

        using var response = await browser.SignInAsync(userName);
        using var after = await browser.GetAsync("/api/session");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var problem = await TestBrowser.ReadJsonAsync(response);
        Assert.Equal("urn:orleans-sessions:https-required", problem.GetProperty("type").GetString());
        Assert.Equal("This needs HTTPS (or localhost)", problem.GetProperty("title").GetString());
        Assert.Null(response.SetCookie("__Host-session"));
        Assert.Contains("HTTPS", (await TestBrowser.ReadJsonAsync(after)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains(log.Lines, static line => line.Level == LogLevel.Warning && line.Message.Contains("plain HTTP", StringComparison.Ordinal));
        using var owner = await SignedInAsync(userName);
        using var list = await owner.GetAsync("/api/sessions");
        Assert.Single((await TestBrowser.ReadJsonAsync(list)).EnumerateArray());
    }

    [Fact]
    public async Task C08_a_program_without_an_origin_keeps_its_cookie_over_plain_HTTP()
    {
        using var program = FrontEnd.Browser();
        program.Headers["Host"] = "web.internal";

        using var response = await program.SignInAsync(await RegisteredAsync());

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static async Task<string> TokenAsync(TestBrowser browser, string page)
    {
        using var response = await browser.GetAsync(page);
        return (await TestBrowser.ReadHtmlAsync(response)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
    }
}
