using Microsoft.Playwright;
using OrleansSessions.Cluster.Tests.Harness;
using static OrleansSessions.Browser.Tests.PageExtensions;

namespace OrleansSessions.Browser.Tests;

/// <summary>What people do with several tabs and clicks.</summary>
public sealed class TabTests(Site site) : IClassFixture<Site>
{
    [RequiresProgramFact("chromium")]
    public async Task C09_any_number_of_open_tabs_leaves_the_site_usable_over_one_stream()
    {
        var streams = 0;
        var first = await site.OpenDeviceAsync(site.One);
        first.Context.Request += (_, request) => streams += request.Url.EndsWith("/api/session/events", StringComparison.Ordinal) ? 1 : 0;
        var user = SomeUser();
        await first.RegisterAsync(user);
        var tabs = new List<IPage>();
        for (var i = 0; i < 9; i++)
        {
            var tab = await first.Context.NewPageAsync();
            await tab.GotoAsync("/sessions");
            await tab.Locator("#live").WaitForAsync(new() { State = WaitForSelectorState.Visible });
            tabs.Add(tab);
        }

        Assert.Equal(1, streams);

        // Each of them hears of another device, also after the one that held the stream is gone.
        var phone = await site.OpenDeviceAsync(site.Two);
        await phone.SignInAsync(user);
        foreach (var tab in tabs)
        {
            await tab.Devices().Nth(1).WaitForAsync();
        }

        await tabs[0].CloseAsync();
        await phone.SignOutAsync();
        foreach (var tab in tabs.Skip(1))
        {
            await tab.Devices().Nth(1).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        // And a sign-out in one shows in all.
        await first.GotoAsync("/");
        await first.SignOutAsync();
        foreach (var tab in tabs.Skip(1))
        {
            await tab.Heading("Sign in").WaitForAsync();
        }
    }

    [RequiresProgramFact("chromium")]
    public async Task C04_a_sign_in_form_in_a_second_tab_goes_on_to_where_it_leads()
    {
        var user = SomeUser();
        var one = await site.OpenDeviceAsync(site.One);
        await one.RegisterAsync(user);
        await one.SignOutAsync();
        await one.GotoAsync("/sign-in");
        var two = await one.Context.NewPageAsync();
        await two.GotoAsync("/sign-in?returnUrl=%2Fsessions");
        await one.SignInAsync(user);

        await two.FillInAsync(user);
        await two.Button("Sign in").ClickAsync();

        await two.Heading("My sessions").WaitForAsync();
        Assert.Equal(1, await two.Devices().CountAsync());
    }

    [RequiresProgramFact("chromium")]
    public async Task C06_the_page_that_ends_its_own_session_shows_the_answer_although_it_hears_of_the_end_first()
    {
        var page = await site.OpenDeviceAsync(site.One);
        await page.RegisterAsync(SomeUser());
        await page.GotoAsync("/sessions");
        await page.Locator("#live").WaitForAsync(new() { State = WaitForSelectorState.Visible });
        await page.RouteAsync("**/sessions?handler=*", async route =>
        {
            // The page looks whether there is another session while the answer is still on its way.
            var looked = page.WaitForResponseAsync(static response => response.Url.Contains("/sign-in?returnUrl", StringComparison.Ordinal));
            var answer = await route.FetchAsync(new() { MaxRedirects = 0 });
            await looked;
            await route.FulfillAsync(new() { Response = answer });
        });

        await page.Devices().First.GetByRole(AriaRole.Button).ClickAsync();

        await page.GetByText("You are signed out.").WaitForAsync();
    }

    [RequiresProgramFact("chromium")]
    public async Task C05_a_page_whose_session_has_ended_signs_out()
    {
        var user = SomeUser();
        var one = await site.OpenDeviceAsync(site.One);
        await one.RegisterAsync(user);
        var two = await one.Context.NewPageAsync();
        await two.GotoAsync("/");
        await one.SignOutAsync();

        await two.SignOutAsync();

        await two.GetByText("You are signed out.").WaitForAsync();
        Assert.DoesNotContain(await two.Context.CookiesAsync(), static cookie => cookie.Name == "__Host-session");
    }

    [RequiresProgramFact("chromium")]
    public async Task C12_the_list_goes_on_under_the_session_of_a_new_sign_in()
    {
        var user = SomeUser();
        var list = await site.OpenDeviceAsync(site.One);
        await list.GotoAsync("/sign-in");
        var form = await list.Context.NewPageAsync();
        await form.GotoAsync("/sign-in");
        await list.RegisterAsync(user);
        var replaced = await list.Locator("#session-id").InnerTextAsync();
        await list.GotoAsync("/sessions");
        await list.Locator("#live").WaitForAsync(new() { State = WaitForSelectorState.Visible });

        await form.FillInAsync(user);
        await form.Button("Sign in").ClickAsync();
        await form.Heading($"Hello, {user}").WaitForAsync();
        var session = await form.Locator("#session-id").InnerTextAsync();

        Assert.NotEqual(replaced, session);
        await list.Locator($"[data-session='{session}'] .badge").WaitForAsync();
        await list.Locator("#live").WaitForAsync(new() { State = WaitForSelectorState.Visible });
        Assert.EndsWith("/sessions", list.Url, StringComparison.Ordinal);
    }

    [RequiresProgramTheory("chromium")]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(150)]
    [InlineData(250)]
    public async Task C11_a_double_click_on_Register_opens_one_account_and_signs_in(int milliseconds)
    {
        var user = SomeUser();
        var page = await site.OpenDeviceAsync(site.One);
        await page.GotoAsync("/register");
        await page.FillInAsync(user);

        // Clicks of the page itself: a navigation under way holds up those of the test.
        await page.EvaluateAsync(
            "delay => { const button = document.querySelector('main form button'); button.click(); setTimeout(() => button.click(), delay); }",
            milliseconds);

        await page.Heading($"Hello, {user}").WaitForAsync();
    }

    [RequiresProgramFact("chromium")]
    public async Task C11_a_double_click_on_Change_password_changes_it_and_stays_signed_in()
    {
        var page = await site.OpenDeviceAsync(site.One);
        await page.RegisterAsync(SomeUser());
        await page.GotoAsync("/password");
        await page.GetByLabel("Current password").FillAsync(Password);
        await page.GetByLabel("New password").FillAsync("walnut ferry cobalt 4");

        await page.EvaluateAsync(
            "() => { const button = document.querySelector('main form button'); button.click(); setTimeout(() => button.click(), 100); }");

        await page.GetByText("Your password is changed, and your other sessions have ended.").WaitForAsync();
    }

    [RequiresProgramFact("chromium")]
    public async Task C10_a_sign_out_asks_the_browser_to_clear_nothing_that_grows_with_other_sites()
    {
        var page = await site.OpenDeviceAsync(site.One);
        await page.RegisterAsync(SomeUser());

        var answer = await page.RunAndWaitForResponseAsync(
            page.SignOutAsync, static response => response.Request.Method == "POST" && response.Url.EndsWith("/sign-out", StringComparison.Ordinal));

        Assert.Equal("\"storage\"", await answer.HeaderValueAsync("Clear-Site-Data"));
        Assert.Equal("no-store", await answer.HeaderValueAsync("Cache-Control"));
    }

    [RequiresProgramFact("chromium")]
    public async Task C03_a_password_of_40000_characters_is_told_as_too_much()
    {
        var page = await site.OpenDeviceAsync(site.One);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync("someone");
        await page.GetByLabel("Password").FillAsync(new string('a', 40_000));

        await page.Button("Sign in").ClickAsync();

        await page.Heading("That is too much").WaitForAsync();
    }

    [RequiresProgramFact("chromium")]
    public async Task C08_plain_HTTP_at_a_name_of_the_network_says_that_it_needs_HTTPS()
    {
        var page = await site.OpenDeviceAsync(site.One.Replace("localhost", "portal.test", StringComparison.Ordinal));
        await page.GotoAsync("/sign-in");
        await page.FillInAsync(SomeUser());

        await page.Button("Sign in").ClickAsync();

        await page.GetByText("This needs HTTPS (or localhost)").WaitForAsync();
    }
}
