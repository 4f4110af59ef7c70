extern alias CookiesSample;
extern alias IdentitySample;

using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using OrleansSessions.AspNetCore;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Identity.Tests;

/// <summary>The samples, as their readers run them: with nothing installed.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public async Task The_sample_with_cookies_signs_out_elsewhere_at_once()
    {
        await using var sample = Start<CookiesSample::Program>();
        using var laptop = sample.CreateClient();
        using var phone = sample.CreateClient();
        foreach (var device in new[] { laptop, phone })
        {
            Assert.Contains("Hello, ann", await SubmitAsync(device, "/sign-in", "/sign-in", ("name", "ann")), StringComparison.Ordinal);
        }

        await SubmitAsync(laptop, "/", "/sign-out-elsewhere");

        Assert.Contains("Hello, ann", await laptop.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("Sign in", await phone.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("Sign in", await SubmitAsync(laptop, "/", "/sign-out"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_with_Identity_changes_a_password_and_ends_the_other_sessions()
    {
        using var folder = new TemporaryFolder();
        await using var sample = Start<IdentitySample::Program>(("ConnectionStrings:Users", $"Data Source={Path.Combine(folder.Path, "users.db")};Pooling=False"));
        using var laptop = sample.CreateClient();
        using var phone = sample.CreateClient();
        var ann = new { email = "ann@example.test", password = IdentitySite.Password };
        (await laptop.PostAsJsonAsync("/register", ann)).EnsureSuccessStatusCode();
        foreach (var device in new[] { laptop, phone })
        {
            (await device.PostAsJsonAsync("/login?useSessionCookies=true", ann)).EnsureSuccessStatusCode();
        }

        Assert.Equal(2, (await laptop.GetFromJsonAsync<UserSession[]>("/manage/sessions"))!.Length);
        var response = await laptop.PostAsJsonAsync("/password", new { current = IdentitySite.Password, @new = "An0ther!" });

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await phone.GetAsync(new Uri("/me", UriKind.Relative))).StatusCode);
        Assert.Single((await laptop.GetFromJsonAsync<UserSession[]>("/manage/sessions"))!);
    }

    private static WebApplicationFactory<T> Start<T>(params (string Key, string Value)[] settings)
        where T : class => new WebApplicationFactory<T>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Development");
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }
        });

    /// <summary>Opens a page, and sends the form of it that goes to an address.</summary>
    private static async Task<string> SubmitAsync(HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = HiddenField().Match(await browser.GetStringAsync(new Uri(page, UriKind.Relative)));
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create(token.Groups[1].Value, token.Groups[2].Value),
            .. fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))]);
        using var response = await browser.PostAsync(new Uri(action, UriKind.Relative), form);
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
