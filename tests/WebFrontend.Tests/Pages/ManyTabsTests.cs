using System.Net;

namespace OrleansSessions.WebFrontend.Tests;

/// <summary>Forms that were open while something else happened in another tab, or on another device.</summary>
public sealed class ManyTabsTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task C04_a_sign_in_form_goes_on_after_another_tab_has_signed_in()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();
        var (first, second) = (await FormAsync(browser, "/sign-in"), await FormAsync(browser, "/sign-in?returnUrl=%2Fsessions"));
        using var signIn = await browser.PostFormAsync("/sign-in", new(first) { ["UserName"] = userName, ["Password"] = The.Password });
        var replaced = browser.SessionCookie;

        using var again = await browser.PostFormAsync(
            "/sign-in?returnUrl=%2Fsessions", new(second) { ["UserName"] = userName, ["Password"] = The.Password, ["ReturnUrl"] = "/sessions" });

        Assert.Equal("/sessions", again.Header("Location"));
        Assert.NotEqual(replaced, browser.SessionCookie);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Theory]
    [InlineData("/sign-in", "/")]
    [InlineData("/sign-in?returnUrl=%2Fsessions", "/sessions")]
    [InlineData("/sign-in?returnUrl=%2F%2Fevil.example", "/")]
    [InlineData("/register", "/")]
    public async Task C12_who_is_signed_in_is_led_on_and_not_asked_to_sign_in(string path, string place)
    {
        using var browser = await SignedInAsync();

        using var response = await browser.GetAsync(path);

        Assert.Equal(place, response.Header("Location"));
    }

    [Theory]
    [InlineData("signed out in another tab")]
    [InlineData("ended from another device")]
    [InlineData("signed in as another user in another tab")]
    [InlineData("the antiforgery cookie is gone")]
    public async Task C05_signing_out_succeeds_whatever_happened_meanwhile_and_takes_the_cookie(string what)
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);
        var form = await FormAsync(browser, "/");
        switch (what)
        {
            case "signed out in another tab":
                using (var other = browser.At(FrontEnd))
                {
                    using var signOut = await other.DeleteAsync("/api/session");
                }

                break;
            case "ended from another device":
                using (var device = await SignedInAsync(userName))
                {
                    using var end = await device.DeleteAsync("/api/sessions?scope=others");
                }

                break;
            case "signed in as another user in another tab":
                using (var signIn = await browser.SignInAsync(await RegisteredAsync()))
                {
                    Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
                }

                break;
            default:
                browser.Cookies.Remove("__Host-antiforgery");
                browser.Headers["Sec-Fetch-Site"] = "same-origin";
                break;
        }

        using var response = await browser.PostFormAsync("/sign-out", form);

        Assert.Equal("/sign-in?signed-out", response.Header("Location"));
        Assert.Contains("max-age=0", response.SetCookie("__Host-session"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("\"storage\"", response.Header("Clear-Site-Data"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync());
    }

    [Theory]
    [InlineData("__Host-session=nonsense")]
    [InlineData("__Host-session=a; __Host-session=b")]
    public async Task C05_a_cookie_that_is_no_token_goes_as_well(string cookie)
    {
        using var browser = FrontEnd.Browser();
        browser.RawCookie = cookie;

        using var response = await browser.PostFormAsync("/sign-out", []);

        Assert.Equal("/sign-in?signed-out", response.Header("Location"));
        Assert.Contains("max-age=0", response.SetCookie("__Host-session"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task C05_the_API_signs_out_a_session_that_has_ended_and_takes_the_cookie()
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);
        using var device = await SignedInAsync(userName);
        using var end = await device.DeleteAsync("/api/sessions?scope=others");

        using var response = await browser.DeleteAsync("/api/session");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain("__Host-session", browser.Cookies.Keys);
    }

    [Fact]
    public async Task G7_a_sign_out_without_a_token_and_without_a_word_of_the_browser_is_asked_for_once_more()
    {
        using var browser = await SignedInAsync();

        using var response = await browser.PostFormAsync("/sign-out", []);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await TestBrowser.ReadHtmlAsync(response)).QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Theory]
    [InlineData("/sessions", "/sessions?handler=EndOthers")]
    [InlineData("/password", "/password")]
    [InlineData("/reauthenticate", "/reauthenticate")]
    public async Task C05_a_form_whose_session_has_ended_leads_to_the_sign_in_and_back(string page, string action)
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);
        var form = await FormAsync(browser, page);
        using var device = await SignedInAsync(userName);
        using var end = await device.DeleteAsync("/api/sessions?scope=others");

        using var response = await browser.PostFormAsync(action, form);

        Assert.Equal($"/sign-in?returnUrl={Uri.EscapeDataString(page)}", response.Header("Location"));
    }

    [Theory]
    [InlineData("/sessions", "/sessions?handler=EndOthers")]
    [InlineData("/password", "/password")]
    [InlineData("/reauthenticate", "/reauthenticate")]
    public async Task C12_a_form_that_one_user_opened_does_nothing_for_another(string page, string action)
    {
        using var browser = await SignedInAsync();
        var form = await FormAsync(browser, page);
        var other = await RegisteredAsync();
        using var elsewhere = await SignedInAsync(other);
        using var signIn = await browser.SignInAsync(other);

        using var response = await browser.PostFormAsync(action, form);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("Someone else is signed in now", (await TestBrowser.ReadHtmlAsync(response)).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, await elsewhere.StatusAsync());
    }

    [Fact]
    public async Task C12_a_form_goes_on_after_the_same_user_has_signed_in_again()
    {
        var userName = await RegisteredAsync();
        using var elsewhere = await SignedInAsync(userName);
        using var browser = await SignedInAsync(userName);
        var form = await FormAsync(browser, "/sessions");
        using var signIn = await browser.SignInAsync(userName);

        using var response = await browser.PostFormAsync("/sessions?handler=EndOthers", form);

        Assert.Equal("/sessions?ended=others", response.Header("Location"));
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
    }

    [Fact]
    public async Task C11_a_second_click_on_Register_finds_the_account_of_the_first()
    {
        var userName = Some.UserName();
        using var browser = FrontEnd.Browser();
        var form = new Dictionary<string, string>(await FormAsync(browser, "/register")) { ["UserName"] = userName, ["Password"] = The.Password };
        using var unheard = browser.At(FrontEnd);
        using var first = await unheard.PostFormAsync("/register", form);

        using var second = await browser.PostFormAsync("/register", form);

        Assert.Equal("/", second.Header("Location"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        using var stranger = FrontEnd.Browser();
        using var taken = await stranger.SubmitAsync("/register", new() { ["UserName"] = userName, ["Password"] = The.Password });
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
    }

    [Fact]
    public async Task C11_clicks_at_the_same_moment_at_two_front_ends_open_one_account_and_sign_in()
    {
        await using var other = await TestFrontEnd.StartAsync(Cluster);
        using var browser = FrontEnd.Browser();
        var form = new Dictionary<string, string>(await FormAsync(browser, "/register")) { ["UserName"] = Some.UserName(), ["Password"] = The.Password };

        var places = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            using var click = browser.At(i % 2 == 0 ? FrontEnd : other);
            using var response = await click.PostFormAsync("/register", form);
            return response.Header("Location");
        }));

        Assert.All(places, static place => Assert.Equal("/", place));
    }

    [Fact]
    public async Task C11_a_session_that_is_ended_twice_has_ended()
    {
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var phone = await SignedInAsync(userName);
        var form = new Dictionary<string, string>(await FormAsync(laptop, "/sessions")) { ["sessionId"] = phone.SessionId };

        using var first = await laptop.PostFormAsync("/sessions?handler=End", form);
        using var second = await laptop.PostFormAsync("/sessions?handler=End", form);

        Assert.Equal("/sessions?ended=one", first.Header("Location"));
        Assert.Equal("/sessions?ended=one", second.Header("Location"));
    }

    [Fact]
    public async Task C32_password_managers_find_where_the_password_is_changed()
    {
        using var browser = await SignedInAsync();

        using var well = await browser.GetAsync("/.well-known/change-password");
        using var nothing = await browser.GetAsync("/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200");
        using var page = await browser.GetAsync("/password");

        Assert.Equal(HttpStatusCode.Redirect, well.StatusCode);
        Assert.Equal("/password", well.Header("Location"));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        var document = await TestBrowser.ReadHtmlAsync(page);
        Assert.Equal("current-password", document.QuerySelector("#CurrentPassword")!.GetAttribute("autocomplete"));
        Assert.Equal("new-password", document.QuerySelector("#NewPassword")!.GetAttribute("autocomplete"));
        Assert.Equal("minlength: 8; maxlength: 128;", document.QuerySelector("#NewPassword")!.GetAttribute("passwordrules"));
        Assert.NotNull(document.QuerySelector("[autocomplete=username]"));
    }

    /// <summary>Opens a page, and takes down the fields of its first form that a browser would send unchanged.</summary>
    private static async Task<Dictionary<string, string>> FormAsync(TestBrowser browser, string page)
    {
        using var response = await browser.GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var document = await TestBrowser.ReadHtmlAsync(response);
        var form = document.QuerySelector("main form") ?? document.QuerySelector("form");
        return form!.QuerySelectorAll("input[type=hidden][name]")
            .ToDictionary(static field => field.GetAttribute("name")!, static field => field.GetAttribute("value") ?? "");
    }
}
