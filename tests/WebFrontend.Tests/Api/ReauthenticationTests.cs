using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class ReauthenticationTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task T4_the_password_given_anew_replaces_the_secret_at_once_at_every_front_end()
    {
        await using var other = await TestFrontEnd.StartAsync(Cluster);
        using var browser = await SignedInAsync();
        using var copyHere = browser.At(FrontEnd);
        using var copyThere = browser.At(other);
        await ValidateUntilLeasedAsync(copyHere);
        await ValidateUntilLeasedAsync(copyThere);

        using var response = await browser.ReauthenticateAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await copyHere.StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await copyThere.StatusAsync());
        using var there = browser.At(other);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync());
    }

    [Fact]
    public async Task C30_a_browser_that_did_not_receive_its_new_cookie_is_told_so()
    {
        using var browser = await SignedInAsync();
        using var train = browser.At(FrontEnd);
        using var lost = await train.ReauthenticateAsync();
        Assert.Equal(HttpStatusCode.OK, lost.StatusCode);

        using var page = await browser.GetAsync("/sign-in");
        using var call = await browser.GetAsync("/api/session");

        const string Notice = "Your sign-in was renewed, but your browser did not receive it. Sign in again.";
        Assert.Equal(Notice, (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("#end-notice")!.TextContent);
        Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
        Assert.Equal(Notice, (await TestBrowser.ReadJsonAsync(call)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_session_stays_and_its_authentication_time_is_renewed()
    {
        using var browser = await SignedInAsync();
        var sessionId = browser.SessionId;
        using var before = await browser.GetAsync("/api/session");
        var signedIn = await TestBrowser.ReadJsonAsync(before);

        using var response = await browser.ReauthenticateAsync();

        var told = await TestBrowser.ReadJsonAsync(response);
        using var after = await browser.GetAsync("/api/session");
        var known = await TestBrowser.ReadJsonAsync(after);
        Assert.Equal(sessionId, browser.SessionId);
        Assert.Equal(signedIn.GetProperty("createdAt").GetDateTimeOffset(), known.GetProperty("createdAt").GetDateTimeOffset());
        Assert.True(known.GetProperty("authenticatedAt").GetDateTimeOffset() > signedIn.GetProperty("authenticatedAt").GetDateTimeOffset());
        Assert.Equal(known.GetRawText(), told.GetRawText());
        Assert.Equal("no-store", response.Header("Cache-Control"));
    }

    [Fact]
    public async Task I6_of_several_at_once_one_succeeds_and_its_cookie_alone_lives()
    {
        await using var other = await TestFrontEnd.StartAsync(Cluster);
        using var browser = await SignedInAsync();
        var rivals = Enumerable.Range(0, 4).Select(i => browser.At(i % 2 == 0 ? FrontEnd : other)).ToList();

        var statuses = await Task.WhenAll(rivals.Select(async rival =>
        {
            using var response = await rival.ReauthenticateAsync();
            return response.StatusCode;
        }));

        Assert.Single(statuses, HttpStatusCode.OK);
        Assert.Equal(3, statuses.Count(static status => status == HttpStatusCode.Unauthorized));
        foreach (var (rival, status) in rivals.Zip(statuses))
        {
            Assert.Equal(status, await rival.StatusAsync());
            rival.Dispose();
        }
    }

    [Fact]
    public async Task I7_a_wrong_password_answers_401_and_leaves_the_cookie()
    {
        using var browser = await SignedInAsync();

        using var wrong = await browser.ReauthenticateAsync("not the password");
        using var none = await browser.PostJsonAsync("/api/session/reauthenticate", new { });

        Assert.All([wrong, none], static response =>
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Empty(response.SetCookies());
        });
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task Without_a_session_there_is_nothing_to_confirm()
    {
        using var stranger = FrontEnd.Browser();

        using var response = await stranger.ReauthenticateAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task G1_failures_count_with_those_of_sign_ins()
    {
        await using var strict = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:FailedSignInsPerSource=2");
        var userName = await RegisteredAsync();
        using var browser = strict.Browser();
        using var signIn = await browser.SignInAsync(userName);
        using var first = await browser.ReauthenticateAsync("not the password");
        using var second = await browser.SignInAsync(userName, "not the password");

        using var refused = await browser.ReauthenticateAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task G2_a_stolen_session_is_no_way_to_guess_the_password()
    {
        using var thief = await SignedInAsync();
        for (var i = 0; i < 10; i++)
        {
            using var guess = await thief.ReauthenticateAsync($"guess number {i}");
        }

        using var right = await thief.ReauthenticateAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
    }

    [Fact]
    public async Task Another_users_name_and_password_confirm_nothing()
    {
        var mallory = Some.UserName();
        using var browser = FrontEnd.Browser();
        using var register = await browser.RegisterAsync(mallory, The.OtherPassword);
        using var alice = await SignedInAsync();

        using var response = await alice.PostJsonAsync(
            "/api/session/reauthenticate", new { userName = mallory, password = The.OtherPassword });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await alice.StatusAsync());
    }

    [Fact]
    public async Task A_session_is_never_handed_to_another_subject()
    {
        using var alice = await SignedInAsync();
        var context = new DefaultHttpContext { RequestServices = FrontEnd.Services };
        context.Request.Headers.Cookie = $"__Host-session={alice.SessionCookie}";
        Assert.True((await context.AuthenticateAsync()).Succeeded);
        var mallory = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "mallory")], "test"));
        var sessions = FrontEnd.Services.GetRequiredService<IBrowserSessions>();

        await Assert.ThrowsAsync<ArgumentException>(() => sessions.ReauthenticateAsync(context, mallory));

        Assert.Equal(0, context.Response.Headers.SetCookie.Count);
        Assert.Equal(HttpStatusCode.OK, await alice.StatusAsync());
    }

    private static async Task ValidateUntilLeasedAsync(TestBrowser browser)
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        }
    }
}
