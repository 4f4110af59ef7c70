using System.Security.Cryptography;
using Microsoft.Playwright;

namespace OrleansSessions.Browser.Tests;

/// <summary>What people do on the pages, found as people find it: by label and by text.</summary>
internal static class PageExtensions
{
    public const string Password = "correct horse battery staple";

    public static string SomeUser() => "user-" + RandomNumberGenerator.GetHexString(10, lowercase: true);

    public static async Task RegisterAsync(this IPage page, string user)
    {
        await page.GotoAsync("/register");
        await page.FillInAsync(user);
        await page.Button("Register").ClickAsync();
        await page.Heading($"Hello, {user}").WaitForAsync();
    }

    public static async Task SignInAsync(this IPage page, string user)
    {
        await page.GotoAsync("/sign-in");
        await page.FillInAsync(user);
        await page.Button("Sign in").ClickAsync();
        await page.Heading($"Hello, {user}").WaitForAsync();
    }

    /// <summary>Signs out by the header's button.</summary>
    public static async Task SignOutAsync(this IPage page)
    {
        await page.Locator("header").GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(static url => url.Contains("signed-out", StringComparison.Ordinal));
    }

    public static ILocator Heading(this IPage page, string text) =>
        page.GetByRole(AriaRole.Heading, new() { Name = text, Exact = true });

    public static ILocator Button(this IPage page, string text) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = text, Exact = true });

    /// <summary>The lines of the device list.</summary>
    public static ILocator Devices(this IPage page) => page.Locator("[data-session]");

    public static async Task FillInAsync(this IPage page, string user)
    {
        await page.GetByLabel("User name").FillAsync(user);
        await page.GetByLabel("Password").FillAsync(Password);
    }
}
