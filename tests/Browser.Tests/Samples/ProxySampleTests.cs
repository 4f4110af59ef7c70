using System.Net;
using System.Text.RegularExpressions;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Browser.Tests.Samples;

public sealed partial class ProxySampleTests
{
    [RequiresProgramFact("node")]
    public async Task L6_a_Node_application_is_told_the_user_and_its_streams_end_with_the_session()
    {
        await using var node = ChildProcess.Start("node", "node", [Path.Combine(BuiltProgram.Repository, "samples", "Proxy", "app.js"), "0"]);
        Match match = Match.Empty;
        await Wait.UntilAsync(() => (match = Listening().Match(node.Output)).Success, TimeSpan.FromSeconds(60), "the application listens");
        await using var sample = await Sample.StartAsync("Proxy", $"--App=http://127.0.0.1:{match.Groups["port"].Value}");
        using var browser = new SampleClient(sample);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/app/")).StatusCode);

        await browser.PostAsync("/sign-in/ann");
        Assert.Equal(
            """{"user":"ann","email":"ann@example.com","cookie":""}""",
            await browser.ReadAsync("/app/", ("remote_user", "mallory"), ("X_Auth_Email", "mallory@example.com")));
        using var events = await browser.GetAsync("/app/events");
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.Equal("data: hello, ann", await reader.ReadLineAsync());

        await browser.PostAsync("/sign-out");
        await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync());
    }

    [GeneratedRegex(@"listening on (?<port>\d+)")]
    private static partial Regex Listening();
}
