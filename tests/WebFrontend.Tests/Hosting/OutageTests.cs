using System.Diagnostics;
using System.Net;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class OutageTests(LoneFrontEnd frontEnd) : IClassFixture<LoneFrontEnd>
{
    [Fact]
    public async Task It_lives_and_is_not_ready()
    {
        using var browser = new TestBrowser(frontEnd.Address);

        using var live = await browser.GetAsync("/health/live");
        using var ready = await browser.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/session", "application/problem+json")]
    [InlineData("DELETE", "/api/session", "application/problem+json")]
    [InlineData("POST", "/api/session", "application/problem+json")]
    [InlineData("GET", "/api/sessions", "application/problem+json")]
    [InlineData("GET", "/api/session/events", "application/problem+json")]
    [InlineData("GET", "/", "text/html")]
    [InlineData("GET", "/sessions", "text/html")]
    [InlineData("GET", "/sign-in", "text/html")]
    public async Task O3_it_answers_503_within_one_budget_and_leaves_the_cookie_alone(string method, string path, string type)
    {
        using var browser = new TestBrowser(frontEnd.Address);
        browser.Cookies["__Host-session"] = new string('A', 64);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent("""{"userName":"alice","password":"secret"}""", System.Text.Encoding.UTF8, "application/json");
        }

        var watch = Stopwatch.StartNew();
        using var response = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, 2 * LoneFrontEnd.Budget);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Null(response.SetCookie("__Host-session"));
        Assert.DoesNotContain("Exception", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void O4_the_budget_leaves_a_second_of_the_five_in_which_an_answer_is_due() =>
        Assert.InRange(new SessionClientOptions().RetryBudget, TimeSpan.Zero, TimeSpan.FromSeconds(4));

    [Fact]
    public async Task O3_a_sign_in_without_a_cookie_answers_503_as_well()
    {
        using var browser = new TestBrowser(frontEnd.Address);

        using var response = await browser.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }
}
