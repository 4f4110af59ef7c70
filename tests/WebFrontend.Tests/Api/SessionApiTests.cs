using System.Net;
using System.Text;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class SessionApiTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task Registering_answers_201_and_a_second_time_409()
    {
        var userName = Some.UserName();
        using var browser = FrontEnd.Browser();

        using var first = await browser.RegisterAsync(userName);
        using var second = await browser.RegisterAsync(userName.ToUpperInvariant());

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(userName, (await TestBrowser.ReadJsonAsync(first)).GetProperty("userName").GetString());
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType?.MediaType);
        Assert.Empty(first.SetCookies());
    }

    [Theory]
    [InlineData("x", The.Password, "userName")]
    [InlineData("with space", The.Password, "userName")]
    [InlineData("new\r\nline", The.Password, "userName")]
    [InlineData(null, The.Password, "userName")]
    [InlineData("someone", "short", "password")]
    [InlineData("someone", "password1", "password")]
    [InlineData("someone", null, "password")]
    public async Task Registering_what_does_not_do_answers_400_with_the_field(string? userName, string? password, string field)
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.PostJsonAsync("/api/accounts", new { userName, password });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.True((await TestBrowser.ReadJsonAsync(response)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Signing_in_answers_201_with_the_session_and_its_cookie()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();

        using var response = await browser.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var body = await TestBrowser.ReadJsonAsync(response);
        Assert.Equal(browser.SessionId, body.GetProperty("sessionId").GetString());
        Assert.Equal(userName, body.GetProperty("userName").GetString());
        Assert.Equal(3600, body.GetProperty("idleTimeoutSeconds").GetInt64());
        Assert.True(body.GetProperty("expiresAt").GetDateTimeOffset() > body.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_session_answers_200_with_its_front_end_and_401_without_one()
    {
        using var browser = await SignedInAsync();
        using var stranger = FrontEnd.Browser();

        using var known = await browser.GetAsync("/api/session");
        using var unknown = await stranger.GetAsync("/api/session");

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.EndsWith($":{FrontEnd.Address.Port}", (await TestBrowser.ReadJsonAsync(known)).GetProperty("frontEnd").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_login_made_at_one_front_end_holds_at_another()
    {
        await using var other = await TestFrontEnd.StartAsync(Cluster);
        using var browser = await SignedInAsync();
        using var there = browser.At(other);

        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync());
    }

    [Fact]
    public async Task L6_signing_out_answers_204_and_kills_the_cookie_everywhere()
    {
        await using var other = await TestFrontEnd.StartAsync(Cluster);
        using var browser = await SignedInAsync();
        using var replay = browser.At(other);

        using var response = await browser.DeleteAsync("/api/session");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain("__Host-session", browser.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Unauthorized, await replay.StatusAsync());
        using var again = await browser.DeleteAsync("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task L14_signing_out_clears_what_the_browser_keeps()
    {
        using var browser = await SignedInAsync();

        using var response = await browser.DeleteAsync("/api/session");

        // Not "cache": see docs/security.md.
        Assert.Equal("\"storage\"", response.Header("Clear-Site-Data"));
    }

    [Fact]
    public async Task L10_the_list_has_every_session_and_marks_the_callers_own()
    {
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var phone = FrontEnd.Browser();
        phone.Headers["User-Agent"] = "a phone";
        using var signIn = await phone.SignInAsync(userName);

        using var response = await laptop.GetAsync("/api/sessions");

        var list = (await TestBrowser.ReadJsonAsync(response)).EnumerateArray().ToList();
        Assert.Equal([phone.SessionId, laptop.SessionId], list.Select(static one => one.GetProperty("sessionId").GetString()));
        Assert.Equal([false, true], list.Select(static one => one.GetProperty("current").GetBoolean()));
        Assert.Equal("a phone", list[0].GetProperty("userAgent").GetString());
        Assert.Equal("127.0.0.1", list[0].GetProperty("address").GetString());
        Assert.DoesNotContain(laptop.SessionCookie[24..], await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L10_a_session_is_ended_from_another_one()
    {
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var phone = await SignedInAsync(userName);

        using var response = await laptop.DeleteAsync($"/api/sessions/{phone.SessionId}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await laptop.StatusAsync());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA*A")]
    public async Task Ending_what_is_no_session_answers_404(string sessionId)
    {
        using var browser = await SignedInAsync();

        using var response = await browser.DeleteAsync($"/api/sessions/{sessionId}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Ending_another_users_session_answers_404_and_ends_nothing()
    {
        using var alice = await SignedInAsync();
        using var mallory = await SignedInAsync();

        using var response = await mallory.DeleteAsync($"/api/sessions/{alice.SessionId}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await alice.StatusAsync());
    }

    [Fact]
    public async Task Ending_the_others_keeps_the_callers_own_and_ending_all_does_not()
    {
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var phone = await SignedInAsync(userName);

        using var others = await laptop.DeleteAsync("/api/sessions?scope=others");
        Assert.Equal(HttpStatusCode.NoContent, others.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await laptop.StatusAsync());

        using var replay = laptop.At(FrontEnd);
        using var all = await laptop.DeleteAsync("/api/sessions?scope=all");
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        Assert.DoesNotContain("__Host-session", laptop.Cookies.Keys);
        Assert.Equal(HttpStatusCode.Unauthorized, await replay.StatusAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?scope=")]
    [InlineData("?scope=everyone")]
    public async Task Ending_many_needs_a_scope(string query)
    {
        using var browser = await SignedInAsync();

        using var response = await browser.DeleteAsync($"/api/sessions{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Theory]
    [InlineData("text/plain", """{"userName":"a"}""", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "userName=a", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest)]
    [InlineData("application/json", """{"userName":{}}""", HttpStatusCode.BadRequest)]
    public async Task A_body_that_is_no_JSON_is_refused_with_a_problem(string type, string body, HttpStatusCode status)
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "/api/session") { Content = new StringContent(body, Encoding.UTF8, type) });

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_API_describes_itself()
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.GetAsync("/openapi/v1.json");

        var paths = (await TestBrowser.ReadJsonAsync(response)).GetProperty("paths");
        Assert.Equal(
            [
                "/api/account/password", "/api/accounts", "/api/session", "/api/session/events", "/api/session/reauthenticate",
                "/api/sessions", "/api/sessions/{id}",
            ],
            paths.EnumerateObject().Select(static path => path.Name).Order(StringComparer.Ordinal));
        var statuses = paths.GetProperty("/api/session").GetProperty("post").GetProperty("responses").EnumerateObject();
        Assert.Equal(["201", "401", "409", "429", "503"], statuses.Select(static one => one.Name).Order(StringComparer.Ordinal));
    }
}
