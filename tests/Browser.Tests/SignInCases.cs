using Microsoft.Playwright;
using OrleansSessions.Cluster.Tests.Harness;
using static OrleansSessions.Browser.Tests.PageExtensions;

namespace OrleansSessions.Browser.Tests;

/// <summary>The whole as a person sees it.</summary>
public abstract class SignInCases(Site site)
{
    [RequiresProgramFact("chromium")]
    public Task Registered_at_one_front_end_known_at_the_other_and_out_once_ended_from_another_device() => WalkAsync(javaScript: true);

    [RequiresProgramFact("chromium")]
    public Task All_of_it_works_without_JavaScript() => WalkAsync(javaScript: false);

    // A browser keeps the cookie, and keeps it from scripts.
    [RequiresProgramFact("chromium")]
    public async Task C2_C4_the_cookie_is_kept_by_the_browser_and_no_script_sees_it()
    {
        var page = await site.OpenDeviceAsync(site.One);
        await page.RegisterAsync(SomeUser());

        var cookie = Assert.Single(await page.Context.CookiesAsync(), static c => c.Name == "__Host-session");
        Assert.True(cookie.HttpOnly);
        Assert.True(cookie.Secure);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
        Assert.Equal("/", cookie.Path);
        Assert.DoesNotContain("session", await page.EvaluateAsync<string>("document.cookie"), StringComparison.OrdinalIgnoreCase);
    }

    private async Task WalkAsync(bool javaScript)
    {
        var user = SomeUser();
        var laptop = await site.OpenDeviceAsync(site.One, javaScript);
        await laptop.RegisterAsync(user);
        Assert.Equal("front end 1", await laptop.Locator("#front-end").InnerTextAsync());

        // The same browser at the other front end.
        await laptop.GotoAsync(site.Two);
        await laptop.Heading($"Hello, {user}").WaitForAsync();
        Assert.Equal("front end 2", await laptop.Locator("#front-end").InnerTextAsync());

        var phone = await site.OpenDeviceAsync(site.Two, javaScript);
        await phone.SignInAsync(user);
        var phoneSession = await phone.Locator("#session-id").InnerTextAsync();

        await laptop.GotoAsync(site.One + "/sessions");
        Assert.Equal(2, await laptop.Devices().CountAsync());
        await laptop.Locator($"[data-session='{phoneSession}']").GetByRole(AriaRole.Button).ClickAsync();
        await laptop.WaitForURLAsync(static url => url.Contains("/sessions", StringComparison.Ordinal));
        Assert.Equal(1, await laptop.Devices().CountAsync());

        await phone.GotoAsync("/");
        Assert.Equal(0, await phone.Heading($"Hello, {user}").CountAsync());
        await laptop.GotoAsync(site.Two);
        await laptop.Heading($"Hello, {user}").WaitForAsync();
    }
}
