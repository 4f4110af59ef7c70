using OrleansSessions.Cluster.Tests.Harness;
using static OrleansSessions.Browser.Tests.PageExtensions;

namespace OrleansSessions.Browser.Tests;

/// <summary>A browser, or a proxy before us, that tells nothing by <c>Sec-Fetch-*</c>: nginx drops those headers.</summary>
public sealed class OldBrowserTests(Site site) : IClassFixture<Site>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] TemporaryKinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    [RequiresProgramFact("chromium", "nginx")]
    public async Task C06_such_a_browser_registers_signs_out_and_in_and_ends_a_session()
    {
        using var folder = new TemporaryFolder();
        var port = Ports.Next();
        await using var nginx = Start(folder.Path, port);
        await Wait.UntilAsync(
            async () =>
            {
                Assert.False(nginx.HasExited, nginx.Output);
                return await AnswersAsync(port);
            },
            Patience,
            "nginx answers");
        var user = SomeUser();
        var page = await site.OpenDeviceAsync($"http://localhost:{port}");

        await page.RegisterAsync(user);
        await page.SignOutAsync();
        await page.SignInAsync(user);
        await page.GotoAsync("/sessions");
        await page.Devices().First.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();

        await page.GetByText("You are signed out.").WaitForAsync();
        Assert.Contains("origin=null", await File.ReadAllTextAsync(Path.Combine(folder.Path, "access.log")), StringComparison.Ordinal);
    }

    private ChildProcess Start(string folder, int port)
    {
        var temporary = string.Concat(TemporaryKinds.Select(kind => $"{kind}_temp_path {folder}/{kind};\n"));
        File.WriteAllText(Path.Combine(folder, "nginx.conf"),
            $$"""
            events { }
            http {
                {{temporary}}
                log_format origins '$request_method $uri origin=$http_origin site=$http_sec_fetch_site';
                access_log {{folder}}/access.log origins;
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://{{new Uri(site.One).Authority.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}};
                        proxy_set_header Host $http_host;
                        proxy_set_header Sec-Fetch-Site "";
                        proxy_set_header Sec-Fetch-Mode "";
                        proxy_set_header Sec-Fetch-Dest "";
                        proxy_set_header Sec-Fetch-User "";
                    }
                }
            }
            """);
        return ChildProcess.Start("nginx", Programs.Find("nginx")!,
            ["-c", Path.Combine(folder, "nginx.conf"), "-g", $"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr;"]);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri($"http://localhost:{port}/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
