using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>Every endpoint, and every way in which a client gets it wrong: its own mistake, by the right number, and nothing in the log.</summary>
[Collection(ClusterTests.Name)]
public sealed class ClientMistakeTests(WatchedFrontEnd watched) : IClassFixture<WatchedFrontEnd>, IAsyncLifetime
{
    private static readonly string[] UnheardOf = ["PUT", "PATCH", "DELETE", "PROPFIND", "OPTIONS", "TRACE", "BREW"];
    private static readonly string[] Pages = ["/sign-in", "/register", "/sign-out", "/reauthenticate", "/password", "/sessions?handler=End", "/sessions?handler=EndOthers"];
    private static readonly string[] Endpoints = ["/api/accounts", "/api/account/password", "/api/session", "/api/session/reauthenticate"];

    private readonly int _linesBefore = watched.Log.Lines.Count;
    private TestBrowser? _browser;

    public static TheoryData<string, string> PagesAndMistakes => Pairs(Pages, Mistake.OfBrowsers.Keys);

    public static TheoryData<string, string> EndpointsAndMistakes => Pairs(Endpoints, Mistake.OfPrograms.Keys);

    private TestBrowser Browser => _browser!;

    public async Task InitializeAsync()
    {
        _browser = watched.FrontEnd.Browser();
        var userName = Some.UserName();
        using var register = await _browser.RegisterAsync(userName);
        using var signIn = await _browser.SignInAsync(userName);
        Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
    }

    public Task DisposeAsync()
    {
        _browser?.Dispose();
        Assert.DoesNotContain(watched.Log.Lines.Skip(_linesBefore), static line => line.Exception is not null || line.Level >= LogLevel.Error);
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(PagesAndMistakes))]
    public async Task C03_a_form_that_cannot_be_read_is_told_on_a_page_of_its_own(string page, string mistake)
    {
        using var response = await Browser.SendAsync(Mistake.OfBrowsers[mistake].To(page));

        // Signing out takes less: without a token it asks once more.
        Assert.Equal(Mistake.OfBrowsers[mistake].Status, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var heading = (await TestBrowser.ReadHtmlAsync(response)).QuerySelector("h1")!.TextContent;
        Assert.DoesNotContain("no such page", heading, StringComparison.Ordinal);
        Assert.DoesNotContain("went wrong", heading, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Browser.StatusAsync());
    }

    [Theory]
    [MemberData(nameof(EndpointsAndMistakes))]
    public async Task C01_a_body_that_cannot_be_read_is_told_as_a_problem(string endpoint, string mistake)
    {
        using var response = await Browser.SendAsync(Mistake.OfPrograms[mistake].To(endpoint));

        Assert.Equal(Mistake.OfPrograms[mistake].Status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)response.StatusCode, (await TestBrowser.ReadJsonAsync(response)).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf8")]
    [InlineData("UTF8")]
    [InlineData("Utf-8")]
    [InlineData("\"utf-8\"")]
    [InlineData("\"utf8\"")]
    [InlineData("'utf-8'")]
    [InlineData("us-ascii")]
    public async Task C01_UTF_8_is_read_under_its_usual_spellings(string charset)
    {
        using var stranger = watched.FrontEnd.Browser();
        var json = new Mistake("", $"application/json; charset={charset}", Encoding.UTF8.GetBytes("""{"userName":"a1","password":"b"}"""), HttpStatusCode.Unauthorized);
        using var answer = await stranger.SendAsync(json.To("/api/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);

        using var page = await stranger.GetAsync("/sign-in");
        var token = (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var form = new Mistake(
            "", $"application/x-www-form-urlencoded; charset={charset}",
            Encoding.UTF8.GetBytes($"UserName=a1&Password=b&__RequestVerificationToken={Uri.EscapeDataString(token)}"), HttpStatusCode.Unauthorized);
        using var formAnswer = await stranger.SendAsync(form.To("/sign-in"));
        Assert.Equal(HttpStatusCode.Unauthorized, formAnswer.StatusCode);
    }

    [Theory]
    [InlineData("gzip", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("identity", HttpStatusCode.Unauthorized)]
    public async Task C01_a_body_in_another_coding_is_415(string coding, HttpStatusCode status)
    {
        using var stranger = watched.FrontEnd.Browser();
        stranger.Headers["Content-Encoding"] = coding;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/session")
        {
            Content = new StringContent("""{"userName":"a1","password":"b"}""", Encoding.UTF8, "application/json"),
        };
        request.Content.Headers.ContentEncoding.Add(coding);

        using var response = await stranger.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("", false)]
    public async Task C02_a_ticked_box_is_ticked_whatever_it_sends(string value, bool ticked)
    {
        using var stranger = watched.FrontEnd.Browser();

        using var response = await stranger.SubmitAsync(
            "/sign-in", new() { ["UserName"] = "a1", ["Password"] = "b", ["RememberMe"] = value });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(ticked, (await TestBrowser.ReadHtmlAsync(response)).QuerySelector("#RememberMe")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task C28_a_method_that_an_address_does_not_have_is_405_and_says_which_it_has()
    {
        foreach (var (path, methods) in Addresses())
        {
            foreach (var method in UnheardOf.Append("POST").Except(methods))
            {
                using var response = await Browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

                Assert.True(response.StatusCode == HttpStatusCode.MethodNotAllowed, $"{method} {path}: {response.StatusCode}");
                Assert.Equal(methods.Order(), response.Header("Allow")!.Split(", ").Order());
                Assert.Equal(
                    path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/openapi", StringComparison.Ordinal)
                        ? "application/problem+json" : "text/html",
                    response.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Fact]
    public async Task C28_HEAD_is_answered_as_GET_without_the_body_with_and_without_a_session()
    {
        using var stranger = watched.FrontEnd.Browser();
        foreach (var path in Addresses().Where(static one => one.Methods.Contains("GET")).Select(static one => one.Path).Append("/nowhere").Append("/api/nowhere"))
        {
            foreach (var browser in new[] { Browser, stranger })
            {
                using var get = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead);
                using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

                Assert.True(get.StatusCode == head.StatusCode, $"{path}: {get.StatusCode}, {head.StatusCode}");
                Assert.Equal(get.Header("Location"), head.Header("Location"));
                Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
                Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            }
        }
    }

    [Fact]
    public async Task C03_a_form_for_a_handler_that_a_page_does_not_have_is_404()
    {
        using var unknown = await Browser.SubmitAsync("/sessions", [], "/sessions?handler=Nothing");
        using var none = await Browser.SubmitAsync("/sessions", []);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("Cookie")]
    [InlineData("User-Agent")]
    [InlineData("Referer")]
    [InlineData("Accept-Language")]
    [InlineData("X-Anything")]
    public async Task C23_a_foreign_header_byte_is_no_concern_of_ours(string header)
    {
        foreach (var (path, _) in Addresses())
        {
            using var plain = await Browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation(header, "other=M\u00fcller\u0080");
            using var response = await Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            Assert.True(plain.StatusCode == response.StatusCode, $"{path}: {plain.StatusCode}, {response.StatusCode}");
        }
    }

    [Fact]
    public async Task C23_our_own_cookie_is_ASCII_to_the_last_character()
    {
        using var other = watched.FrontEnd.Browser();
        foreach (var cookie in new[]
        {
            $"__Host-session={Browser.SessionCookie}\u00fc",
            $"__Host-session=\u00fc{Browser.SessionCookie[1..]}",
            $"__Host-session={(char)(Browser.SessionCookie[0] + 0x80)}{Browser.SessionCookie[1..]}",
        })
        {
            other.RawCookie = cookie;
            Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync());
        }

        other.RawCookie = $"other=M\u00fcller; __Host-session={Browser.SessionCookie}";
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync());
    }

    [Fact]
    public async Task C23_a_user_agent_in_UTF_8_is_shown_as_it_was_meant()
    {
        using var browser = watched.FrontEnd.Browser();
        browser.Headers["User-Agent"] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Zürich/1.0"));
        var userName = Some.UserName();
        using var register = await browser.RegisterAsync(userName);
        using var signIn = await browser.SignInAsync(userName);

        using var list = await browser.GetAsync("/api/sessions");

        Assert.Equal("Zürich/1.0", (await TestBrowser.ReadJsonAsync(list))[0].GetProperty("userAgent").GetString());
    }

    /// <summary>Every address of this front end, with the methods that it takes: routed ones as routing has them.</summary>
    private List<(string Path, IReadOnlyList<string> Methods)> Addresses()
    {
        var routed = watched.FrontEnd.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var pages = routed
            .Where(static one => one.Metadata.GetMetadata<PageActionDescriptor>() is not null && !one.RoutePattern.RawText!.StartsWith("error/", StringComparison.Ordinal))
            .Select(static one => "/" + one.RoutePattern.RawText!.TrimStart('/'))
            .Distinct()
            .Select(static path => (path, (IReadOnlyList<string>)(path is "/" ? ["GET", "HEAD"] : ["GET", "HEAD", "POST"])));
        var calls = routed
            .Where(static one => one.Metadata.GetMetadata<HttpMethodMetadata>() is not null)
            .GroupBy(static one => "/" + one.RoutePattern.RawText!.TrimStart('/').TrimEnd('/').Replace("{id}", "AAAA", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal))
            .Select(static group => (group.Key, (IReadOnlyList<string>)[.. group
                .SelectMany(static one => one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
                .SelectMany(static method => method == "GET" ? ["GET", "HEAD"] : new[] { method })]));
        IEnumerable<(string, IReadOnlyList<string>)> files = [("/health/live", ["GET", "HEAD"]), ("/assets/site.css", ["GET", "HEAD"])];
        var all = pages.Concat(calls).Concat(files).ToList();
        Assert.InRange(all.Count, 16, 100);
        return all;
    }

    private static TheoryData<string, string> Pairs(IEnumerable<string> paths, IEnumerable<string> mistakes)
    {
        var data = new TheoryData<string, string>();
        foreach (var path in paths)
        {
            foreach (var mistake in mistakes)
            {
                data.Add(path, mistake);
            }
        }

        return data;
    }
}
