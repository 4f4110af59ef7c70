using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>No acknowledged login is lost, and no revoked one comes back, while servers die, stop and start.</summary>
public sealed class SilosComeAndGoTests : IClassFixture<SharedCluster>, IDisposable
{
    private const int Users = 6;
    private static readonly TimeSpan Failover = TimeSpan.FromSeconds(15);
    private readonly RunningCluster _cluster;

    public SilosComeAndGoTests(SharedCluster shared, ITestOutputHelper output)
    {
        _cluster = shared.Cluster;
        _cluster.Output = output;
    }

    public void Dispose()
    {
        _cluster.ShowLogs();
        _cluster.Output = null;
    }

    private RunningServer One => _cluster.FrontEnds[0];

    private RunningServer Two => _cluster.FrontEnds[1];

    [RequiresProgramFact("redis-server")]
    public async Task Sessions_survive_the_crash_of_each_silo_in_turn()
    {
        var browsers = await SignInAsync();
        var ended = await SignInAndOutAsync();
        foreach (var silo in _cluster.Silos.ToArray())
        {
            await silo.KillAsync();
            var back = await Wait.UntilAsync(
                async () => (await VisitAsync(browsers, Two)).All(static status => status == HttpStatusCode.OK), Failover, "all sessions are back");
            _cluster.Note($"{silo.Name} killed: all {Users} sessions answered within {back.TotalSeconds:0.00} s");
            Assert.Equal(HttpStatusCode.Unauthorized, await ended.VisitAsync(Two));
            silo.Launch();
            await silo.UntilReadyAsync();
        }
    }

    [RequiresProgramFact("redis-server")]
    public async Task No_request_fails_while_a_silo_stops_in_good_order()
    {
        var browsers = await SignInAsync();
        var silo = _cluster.Silos[0];

        var stopping = silo.StopAsync();
        var statuses = new List<HttpStatusCode>();
        do
        {
            statuses.AddRange(await VisitAsync(browsers, One));
        }
        while (!stopping.IsCompleted);

        Assert.Equal(0, await stopping);
        _cluster.Note($"{statuses.Count} requests while it stopped");
        Assert.All(statuses, static status => Assert.Equal(HttpStatusCode.OK, status));
        silo.Launch();
        await silo.UntilReadyAsync();
    }

    [RequiresProgramFact("redis-server")]
    public async Task Sessions_hold_when_a_silo_joins_and_when_a_front_end_is_replaced()
    {
        var browsers = await SignInAsync();

        var fourth = _cluster.LaunchSilo();
        await fourth.UntilReadyAsync();
        Assert.All(await VisitAsync(browsers, One), static status => Assert.Equal(HttpStatusCode.OK, status));

        await Two.KillAsync();
        Two.Launch();
        await Two.UntilReadyAsync();
        Assert.All(await VisitAsync(browsers, Two), static status => Assert.Equal(HttpStatusCode.OK, status));

        Assert.Equal(0, await fourth.StopAsync());
        _cluster.Silos.Remove(fourth);
    }

    [RequiresProgramFact("redis-server")]
    public async Task While_no_silo_is_up_users_stay_signed_in_and_all_else_is_503_within_five_seconds()
    {
        var browser = (await SignInAsync())[0];
        var ended = await SignInAndOutAsync();
        await Task.WhenAll(_cluster.Silos.Select(static silo => silo.KillAsync()));

        // I7: of an ended session only a grain may speak, so the answer is 503, never "signed out".
        await Wait.UntilAsync(async () => await ended.VisitAsync(One) == HttpStatusCode.ServiceUnavailable, Failover, "503");
        var answered = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ended.VisitAsync(Two));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(answered).TotalSeconds, 0, 5);
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(One));
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(Two));
        Assert.True(await Two.AnswersAsync("/health/live"));
        Assert.NotNull(browser.Token);

        _cluster.Silos.ForEach(static silo => silo.Launch());
        await _cluster.UntilReadyAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(One));
        await Wait.UntilAsync(async () => await ended.VisitAsync(One) == HttpStatusCode.Unauthorized, Failover, "a silo speaks of the ended session");
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(One));
    }

    private async Task<Browser[]> SignInAsync() =>
        await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => _cluster.SignInSomeoneAsync()));

    /// <summary>A browser that still has the cookie of a session which was ended.</summary>
    private async Task<Browser> SignInAndOutAsync()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        var token = browser.Token!;
        Assert.Equal(HttpStatusCode.NoContent, await browser.SignOutAsync(One));
        var thief = browser.Another();
        thief.Plant(token);
        return thief;
    }

    private static Task<HttpStatusCode[]> VisitAsync(Browser[] browsers, RunningServer frontEnd) =>
        Task.WhenAll(browsers.Select(browser => browser.VisitAsync(frontEnd)));
}
