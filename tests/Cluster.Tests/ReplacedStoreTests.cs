using System.Net;
using System.Text.RegularExpressions;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>A store that was emptied, while front ends go on.</summary>
public sealed partial class ReplacedStoreTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [RequiresProgramFact("redis-server")]
    public async Task C31_front_ends_that_go_on_understand_those_that_were_restarted()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        await cluster.StartAsync(silos: 1, frontEnds: 2);
        var (one, two) = (cluster.FrontEnds[0], cluster.FrontEnds[1]);
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(one, two));

        await store.QueryAsync(static redis => redis.ExecuteAsync("FLUSHALL"));
        await cluster.Silos[0].Process.WaitForExitAsync();
        cluster.Silos[0].Launch();
        await two.KillAsync();
        two.Launch();
        await cluster.UntilReadyAsync();

        await Wait.UntilAsync(
            async () => await SignInAsync(one, two) == HttpStatusCode.Unauthorized, Patience, "a form of the one is understood by the other");
        await Wait.UntilAsync(
            async () => await SignInAsync(two, one) == HttpStatusCode.Unauthorized, Patience, "and the other way about");
    }

    /// <summary>Takes the form from one front end and sends it, with a name that nobody has, to another one.</summary>
    private static async Task<HttpStatusCode> SignInAsync(RunningServer from, RunningServer to)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var page = await http.GetAsync(new Uri(from.Address + "/sign-in"));
        var token = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(to.Address + "/sign-in"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["UserName"] = "nobody",
                ["Password"] = "correct horse battery",
                ["__RequestVerificationToken"] = token,
            }),
        };
        request.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(static cookie => cookie.Split(';')[0])));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
