using System.Net;
using System.Text;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class TokenTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task T1_no_changed_token_is_accepted()
    {
        using var browser = await SignedInAsync();
        var token = browser.SessionCookie;

        for (var i = 0; i < token.Length; i++)
        {
            browser.Cookies["__Host-session"] = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        }
    }

    [Fact]
    public async Task T2_two_logins_of_one_user_have_nothing_in_common()
    {
        var userName = await RegisteredAsync();
        using var first = await SignedInAsync(userName);
        using var second = await SignedInAsync(userName);

        var alike = first.SessionCookie.Zip(second.SessionCookie).Count(pair => pair.First == pair.Second);

        Assert.NotEqual(first.SessionId, second.SessionId);
        Assert.InRange(alike, 0, 12);
    }

    [Fact]
    public async Task T6_what_a_browser_holds_before_it_signs_in_is_never_a_session()
    {
        using var browser = FrontEnd.Browser();
        using var page = await browser.GetAsync("/sign-in");
        Assert.NotEmpty(browser.Cookies);

        foreach (var value in browser.Cookies.Values.ToArray())
        {
            browser.Cookies["__Host-session"] = value;
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        }
    }

    [Fact]
    public async Task T8_C5_a_token_is_small_and_holds_nothing_of_the_user()
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);

        var decoded = System.Buffers.Text.Base64Url.DecodeFromChars(browser.SessionCookie);

        Assert.Equal(48, decoded.Length);
        Assert.DoesNotContain(userName, Encoding.Latin1.GetString(decoded), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(browser.Cookies.Sum(cookie => cookie.Key.Length + cookie.Value.Length), 0, 1_024);
    }

    [Theory]
    [InlineData("admin", "admin")]
    [InlineData("admin", "password")]
    [InlineData("administrator", "changeme")]
    [InlineData("root", "root")]
    [InlineData("guest", "guest")]
    [InlineData("test", "test")]
    public async Task G13_there_is_no_account_that_nobody_opened(string userName, string password)
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.SignInAsync(userName, password);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task T4_a_planted_cookie_of_the_attacker_is_replaced_and_dies()
    {
        using var attacker = await SignedInAsync();
        var planted = attacker.SessionCookie;
        var victim = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        browser.Cookies["__Host-session"] = planted;

        using var response = await browser.SignInAsync(victim);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.NotEqual(planted[..24], browser.SessionId);
        Assert.NotEqual(planted[24..], browser.SessionCookie[24..]);
        Assert.Equal(HttpStatusCode.Unauthorized, await attacker.StatusAsync());
    }

    [Fact]
    public async Task T4_signing_in_again_replaces_the_users_own_session()
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);
        using var old = browser.At(FrontEnd);

        using var response = await browser.SignInAsync(userName);

        Assert.Equal(HttpStatusCode.Unauthorized, await old.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task T5_an_unknown_token_is_not_adopted()
    {
        var made_up = new string('A', 64);
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        browser.Cookies["__Host-session"] = made_up;

        using var anonymous = await browser.GetAsync("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Empty(anonymous.SetCookies());
        using var signIn = await browser.SignInAsync(userName);
        Assert.NotEqual(made_up, browser.SessionCookie);
    }

    [Fact]
    public async Task T7_the_token_counts_in_the_cookie_alone()
    {
        using var browser = await SignedInAsync();
        var token = browser.SessionCookie;
        browser.Cookies.Clear();

        foreach (var (name, value) in new[]
        {
            ("Authorization", $"Bearer {token}"),
            ("Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"session:{token}"))}"),
            ("X-Session", token),
            ("__Host-session", token),
        })
        {
            browser.Headers.Clear();
            browser.Headers[name] = value;
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        }

        browser.Headers.Clear();
        using var query = await browser.GetAsync($"/api/session?__Host-session={token}&session={token}");
        Assert.Equal(HttpStatusCode.Unauthorized, query.StatusCode);
    }

    [Theory]
    [InlineData("__Host-session=")]
    [InlineData("__Host-session=x")]
    [InlineData("__Host-session=%00")]
    [InlineData("__Host-session=*")]
    [InlineData("__Host-session={}:[]")]
    [InlineData("__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;\u0001")]
    public async Task T9_a_malformed_cookie_is_anonymous(string cookie)
    {
        using var browser = FrontEnd.Browser();
        browser.RawCookie = cookie;

        Assert.Contains(await browser.StatusAsync(), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task T9_a_cookie_of_8_KB_is_anonymous()
    {
        using var browser = FrontEnd.Browser();
        browser.RawCookie = "__Host-session=" + new string('A', 8192);

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Fact]
    public async Task T12_duplicate_session_cookies_are_refused()
    {
        using var browser = await SignedInAsync();

        browser.RawCookie = $"__Host-session={browser.SessionCookie}; __Host-session={browser.SessionCookie}";

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Fact]
    public async Task T12_a_token_has_one_spelling()
    {
        using var browser = await SignedInAsync();
        var token = browser.SessionCookie;

        foreach (var spelling in new[] { token + "=", $"\"{token}\"", $" {token}", "%" + ((int)token[0]).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + token[1..], token.ToUpperInvariant() + "a" })
        {
            browser.RawCookie = $"__Host-session={spelling}";
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
        }
    }
}
