using Microsoft.Playwright;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Browser.Tests.Samples;

/// <summary>What a user sees of a sign-out on another device.</summary>
public sealed class LiveSignOutTests
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    [RequiresProgramFact("chromium")]
    public async Task L6_a_sign_out_on_the_phone_shows_on_the_desktop_and_its_hub_is_gone()
    {
        await using var sample = await Sample.StartAsync("BlazorServer");
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.Find("chromium"), Headless = true, Args = Flags });
        var desktop = await OpenAsync(chromium, sample, width: 440);
        var phone = await OpenAsync(chromium, sample, width: 300);
        await PictureAsync(desktop, 1, "desktop");

        await phone.GetByRole(AriaRole.Button, new() { Name = "Sign out my other devices" }).ClickAsync();

        await desktop.GetByRole(AriaRole.Heading, new() { Name = "You are signed out" }).WaitForAsync();
        await HubIs(desktop, "closed").WaitForAsync();
        await PictureAsync(desktop, 3, "desktop");

        // The phone goes on.
        await HubIs(phone, "open").WaitForAsync();
        await phone.GetByRole(AriaRole.Heading, new() { Name = "Hello, Ann" }).WaitForAsync();
        await PictureAsync(phone, 2, "phone");
    }

    private static async Task<IPage> OpenAsync(IBrowser chromium, Sample sample, int width)
    {
        var context = await chromium.NewContextAsync(new() { BaseURL = sample.Address, ViewportSize = new() { Width = width, Height = 240 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Hello, Ann" }).WaitForAsync();
        await HubIs(page, "open").WaitForAsync();

        // Blazor's own connection, by which the page hears of the end.
        await page.GetByText("live", new() { Exact = true }).WaitForAsync();
        return page;
    }

    private static ILocator HubIs(IPage page, string state) => page.Locator("#hub", new() { HasTextString = state });

    /// <summary>Takes a picture for the documentation, where the environment asks for it.</summary>
    private static async Task PictureAsync(IPage page, int number, string device)
    {
        if (Environment.GetEnvironmentVariable("PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"live-sign-out-{number}-{device}.png") });
        }
    }
}
