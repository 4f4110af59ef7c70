using System.Globalization;

namespace OrleansSessions.SideBySide;

/// <summary>Requests that change session data: what they cost, and what is lost where they meet.</summary>
internal sealed class SessionData(Scale scale) : IScenario
{
    public static readonly Metric Throughput = new("changes per second", "1/s", Better.Higher);
    public static readonly Metric Lost = new("changes lost, of 1,000", "changes", Better.Lower);

    private const int Writers = 50;
    private const int ChangesEach = 20;

    public string Name => "session-data";

    public string Description =>
        $"{scale.HotSessions:N0} sessions at {scale.Servers} servers; each request sets one key of another session's data. Then {Writers} parallel writers set {Writers * ChangesEach:N0} " +
        "keys of one session, each key once; which of them are missing afterwards is counted.";

    public string Price => "OrleansSessions merges changes in a grain, which is one more process on the way.";

    public Shape Shape => new(scale.Servers, 1);

    public bool IsRepeated => true;

    public bool Includes(Contender contender) => contender == Contender.AspNetSession || contender == Contender.SessionState;

    public async Task MeasureAsync(Deployment deployment, Results results, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync(deployment.Entrances, scale.HotSessions, cancellationToken);
        await Wrk.OnceAsync(deployment, "POST", "/data/one", cookies, scale.WarmUp / 2, cancellationToken);
        await RequestCost.MeasureAsync(this, deployment, results, async () =>
        {
            var result = await Wrk.OnceAsync(deployment, "POST", "/data/two", cookies, scale.Duration, cancellationToken);
            results.Add(this, Throughput, deployment.Contender, result.PerSecond);
            return result.Requests;
        });
        results.Add(this, Lost, deployment.Contender, await CountLostAsync(deployment, cancellationToken));
    }

    private static async Task<int> CountLostAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var cookie = (await Browser.SignInAsync(deployment.Entrances, 1, cancellationToken, first: 9_000_000))[0];
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; i < ChangesEach; i++)
            {
                using var answer = await SendAsync(HttpMethod.Post, writer + i, $"/data/{writer}-{i}");
            }
        }));
        using var count = await SendAsync(HttpMethod.Get, 0, "/data");
        return (Writers * ChangesEach) - int.Parse(await count.Content.ReadAsStringAsync(cancellationToken), CultureInfo.InvariantCulture);

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, int number, string path)
        {
            using var request = new HttpRequestMessage(method, new Uri(deployment.Entrances[number % deployment.Entrances.Count], path));
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
            var answer = await Browser.Client.SendAsync(request, cancellationToken);
            return answer.EnsureSuccessStatusCode();
        }
    }
}
