using System.Net;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class PageTests(Cluster cluster) : FrontEndTest(cluster)
{
    [Fact]
    public async Task A_newcomer_registers_and_is_signed_in()
    {
        var userName = Some.UserName();
        using var browser = FrontEnd.Browser();

        using var response = await browser.SubmitAsync("/register", new() { ["UserName"] = userName, ["Password"] = The.Password });

        Assert.Equal("/", response.Header("Location"));
        using var home = await browser.GetAsync("/");
        var page = await TestBrowser.ReadHtmlAsync(home);
        Assert.Equal($"Hello, {userName}", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(browser.SessionId, page.QuerySelector("#session-id")!.TextContent);
    }

    [Fact]
    public async Task A_page_for_users_leads_to_the_sign_in_and_back()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();

        using var challenge = await browser.GetAsync("/sessions?ended=one");
        Assert.Equal("/sign-in?returnUrl=%2Fsessions%3Fended%3Done", new Uri(FrontEnd.Address, challenge.Header("Location")!).PathAndQuery);
        using var signIn = await browser.SubmitAsync(
            challenge.Header("Location")!, new() { ["UserName"] = userName, ["Password"] = The.Password, ["ReturnUrl"] = "/sessions?ended=one" });

        Assert.Equal("/sessions?ended=one", signIn.Header("Location"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/%5cevil.example")]
    public async Task G8_an_evil_return_URL_leads_home(string returnUrl)
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();

        using var response = await browser.SubmitAsync(
            "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl),
            new() { ["UserName"] = userName, ["Password"] = The.Password, ["ReturnUrl"] = returnUrl });

        Assert.Equal("/", response.Header("Location"));
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_name_and_tells_in_an_alert()
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.SubmitAsync("/sign-in", new() { ["UserName"] = "someone", ["Password"] = "a secret of mine" });

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var page = await TestBrowser.ReadHtmlAsync(response);
        Assert.Equal("Wrong user name or password.", page.QuerySelector("[role=alert]")!.TextContent);
        Assert.Equal("someone", page.QuerySelector("#UserName")!.GetAttribute("value"));
        Assert.DoesNotContain("a secret of mine", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task G7_a_form_without_its_token_is_refused()
    {
        var userName = await RegisteredAsync();
        using var browser = FrontEnd.Browser();

        using var response = await browser.PostFormAsync("/sign-in", new() { ["UserName"] = userName, ["Password"] = The.Password });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.SetCookie("__Host-session"));
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task G7_a_form_token_of_another_browser_is_refused()
    {
        var userName = await RegisteredAsync();
        using var attacker = FrontEnd.Browser();
        using var page = await attacker.GetAsync("/sign-in");
        var token = (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var victim = FrontEnd.Browser();
        using var own = await victim.GetAsync("/sign-in");

        using var response = await victim.PostFormAsync(
            "/sign-in", new() { ["UserName"] = userName, ["Password"] = The.Password, ["__RequestVerificationToken"] = token });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.SetCookie("__Host-session"));
    }

    [Fact]
    public async Task The_device_list_tells_devices_in_words_and_ends_them()
    {
        var userName = await RegisteredAsync();
        using var laptop = await SignedInAsync(userName);
        using var phone = FrontEnd.Browser();
        phone.Headers["User-Agent"] = "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0";
        using var signIn = await phone.SignInAsync(userName);

        using var list = await laptop.GetAsync("/sessions");
        var page = await TestBrowser.ReadHtmlAsync(list);
        Assert.Equal(["Firefox on Android", "Unknown device"], page.QuerySelectorAll(".session h2").Select(static one => one.TextContent));
        Assert.Equal(laptop.SessionId, page.QuerySelector(".session:has(.badge)")!.GetAttribute("data-session"));

        using var end = await laptop.SubmitAsync("/sessions", new() { ["sessionId"] = phone.SessionId }, "/sessions?handler=End");
        Assert.Equal("/sessions?ended=one", end.Header("Location"));
        Assert.Equal(HttpStatusCode.Unauthorized, await phone.StatusAsync());
    }

    [Fact]
    public async Task A_hostile_user_agent_stays_text()
    {
        using var browser = FrontEnd.Browser();
        browser.Headers["User-Agent"] = "\"><script>alert(1)</script>";
        using var signIn = await browser.SignInAsync(await RegisteredAsync());

        using var list = await browser.GetAsync("/sessions");

        Assert.Empty((await TestBrowser.ReadHtmlAsync(list)).QuerySelectorAll("script:not([src])"));
    }

    [Fact]
    public async Task The_device_list_has_one_script_of_ours_and_no_other()
    {
        using var browser = await SignedInAsync();
        using var list = await browser.GetAsync("/sessions");

        var script = Assert.Single((await TestBrowser.ReadHtmlAsync(list)).QuerySelectorAll("script"));
        using var response = await browser.GetAsync(script.GetAttribute("src")!);

        Assert.Equal("", script.TextContent);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/")]
    public async Task A_session_that_was_ended_elsewhere_says_so(string path)
    {
        var userName = await RegisteredAsync();
        using var here = await SignedInAsync(userName);
        using var there = await SignedInAsync(userName);
        using var end = await there.DeleteAsync("/api/sessions?scope=others");

        using var page = await here.GetAsync(path);

        var notice = (await TestBrowser.ReadHtmlAsync(page)).QuerySelector("#end-notice")!.TextContent;
        Assert.Equal("You were signed out here from another of your sessions.", notice);
    }

    [Fact]
    public async Task All_other_sessions_end_at_once()
    {
        var userName = await RegisteredAsync();
        using var here = await SignedInAsync(userName);
        using var there = await SignedInAsync(userName);

        using var response = await here.SubmitAsync("/sessions", [], "/sessions?handler=EndOthers");

        Assert.Equal("/sessions?ended=others", response.Header("Location"));
        Assert.Equal(HttpStatusCode.Unauthorized, await there.StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync());
    }

    [Fact]
    public async Task The_password_is_changed_on_its_page()
    {
        var userName = await RegisteredAsync();
        using var browser = await SignedInAsync(userName);

        using var response = await browser.SubmitAsync(
            "/password", new() { ["CurrentPassword"] = The.Password, ["NewPassword"] = The.OtherPassword });

        Assert.Equal("/password?changed", response.Header("Location"));
        using var signIn = await browser.SignInAsync(userName, The.OtherPassword);
        Assert.Equal(HttpStatusCode.Created, signIn.StatusCode);
    }

    [Fact]
    public async Task L13_opening_the_sign_out_page_signs_nobody_out_and_its_form_does()
    {
        using var browser = await SignedInAsync();

        using var page = await browser.GetAsync("/sign-out");
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync());
        using var response = await browser.SubmitAsync("/sign-out", []);

        Assert.Equal("/sign-in?signed-out", response.Header("Location"));
        Assert.NotNull(response.Header("Clear-Site-Data"));
        Assert.DoesNotContain("__Host-session", browser.Cookies.Keys);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/register")]
    [InlineData("/sign-out")]
    [InlineData("/nowhere")]
    public async Task A_page_needs_no_script_and_labels_its_fields(string path)
    {
        using var browser = FrontEnd.Browser();

        using var response = await browser.GetAsync(path);

        var page = await TestBrowser.ReadHtmlAsync(response);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("script, [style], style, [onclick]"));
        Assert.All(
            page.QuerySelectorAll("input:not([type=hidden])"),
            field => Assert.NotNull(page.QuerySelector($"label[for={field.Id}]")));
    }

    [Fact]
    public async Task Registration_can_be_switched_off()
    {
        await using var closed = await TestFrontEnd.StartAsync(Cluster, null, "--OrleansSessions:Web:RegistrationEnabled=false");
        using var browser = closed.Browser();

        using var page = await browser.GetAsync("/register");
        using var signIn = await browser.GetAsync("/sign-in");
        using var call = await browser.RegisterAsync(Some.UserName());

        Assert.Empty((await TestBrowser.ReadHtmlAsync(signIn)).QuerySelectorAll("a[href='/register']"));
        Assert.Empty((await TestBrowser.ReadHtmlAsync(page)).QuerySelectorAll("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, call.StatusCode);
    }
}
