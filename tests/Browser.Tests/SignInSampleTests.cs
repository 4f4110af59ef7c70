using System.Reflection;
using Microsoft.Playwright;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Browser.Tests;

/// <summary>The samples with cookies and with Identity, as a person sees them on two devices.</summary>
public sealed class SignInSampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [RequiresProgramFact("chromium")]
    public async Task L7_with_cookies_a_device_is_signed_out_from_another()
    {
        await using var sample = await StartAsync("Cookies");
        var (laptop, phone) = (await sample.OpenDeviceAsync(), await sample.OpenDeviceAsync());
        foreach (var device in new[] { laptop, phone })
        {
            await device.GetByLabel("Name").FillAsync("ann");
            await device.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await device.Heading("Hello, ann").WaitForAsync();
        }

        await laptop.GetByRole(AriaRole.Button, new() { Name = "Sign out elsewhere" }).ClickAsync();
        await laptop.Heading("Hello, ann").WaitForAsync();

        await phone.GotoAsync("/");
        await phone.Heading("Sign in").WaitForAsync();
    }

    [RequiresProgramFact("chromium")]
    public async Task L8_with_Identity_a_changed_password_signs_the_other_device_out()
    {
        using var folder = new TemporaryFolder();
        await using var sample = await StartAsync("Identity", $"--ConnectionStrings:Users=Data Source={Path.Combine(folder.Path, "users.db")}");
        var (laptop, phone) = (await sample.OpenDeviceAsync(), await sample.OpenDeviceAsync());
        await FillInAsync(laptop);
        await laptop.RunAndWaitForResponseAsync(() => laptop.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync(), "**/register");
        foreach (var device in new[] { laptop, phone })
        {
            await FillInAsync(device);
            await device.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await device.Heading("Hello, ann@example.test").WaitForAsync();
        }

        Assert.Equal(1, await laptop.GetByText("(this one)").CountAsync());
        await laptop.GetByLabel("New password").FillAsync("An0ther!");
        await laptop.RunAndWaitForResponseAsync(() => laptop.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync(), "**/password");
        await phone.ReloadAsync();
        await phone.Heading("Not signed in").WaitForAsync();
        await laptop.ReloadAsync();
        await laptop.Heading("Hello, ann@example.test").WaitForAsync();
    }

    private static async Task FillInAsync(IPage page)
    {
        await page.GetByLabel("E-mail").FillAsync("ann@example.test");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("Passw0rd!");
    }

    private static async Task<RunningSample> StartAsync(string name, params string[] arguments)
    {
        var folder = Path.Combine(BuiltProgram.Repository, "samples", name);
        var configuration = typeof(SignInSampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static each => each.Key == "Configuration").Value!;
        var url = $"http://localhost:{Ports.Next()}";
        var process = ChildProcess.Start(name, "dotnet", [
            Path.Combine(folder, "bin", configuration, "net10.0", $"OrleansSessions.{name}.dll"),
            "--urls", url, "--contentRoot", folder, "--environment", "Development", .. arguments]);
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.Find("chromium"), Headless = true, Args = ["--no-sandbox", "--disable-gpu"] });
        await Wait.UntilAsync(() =>
        {
            Assert.False(process.HasExited, process.Output);
            return process.Output.Contains("Application started", StringComparison.Ordinal);
        }, Patience, "the sample runs");
        return new RunningSample(process, playwright, chromium, url);
    }

    private sealed class RunningSample(ChildProcess process, IPlaywright playwright, IBrowser chromium, string url) : IAsyncDisposable
    {
        public async Task<IPage> OpenDeviceAsync()
        {
            var page = await (await chromium.NewContextAsync(new() { BaseURL = url })).NewPageAsync();
            await page.GotoAsync("/");
            return page;
        }

        public async ValueTask DisposeAsync()
        {
            await chromium.DisposeAsync();
            playwright.Dispose();
            await process.DisposeAsync();
        }
    }
}
