using System.Collections.Concurrent;
using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Cluster.Tests.Histories;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.CoHosted;

/// <summary>Web applications that host their sessions themselves die, stop, hang and join, and no login is lost.</summary>
public sealed class HostsComeAndGoTests : IClassFixture<SharedHosts>, IDisposable
{
    private const int Users = 6;
    private static readonly TimeSpan Failover = TimeSpan.FromSeconds(30);
    private readonly RunningCluster _cluster;
    private readonly RedisServer _store;

    public HostsComeAndGoTests(SharedHosts shared, ITestOutputHelper output)
    {
        (_cluster, _store) = (shared.Cluster, shared.Store);
        _cluster.Output = output;
    }

    private RunningServer One => _cluster.FrontEnds[0];

    private RunningServer Two => _cluster.FrontEnds[1];

    private RunningServer Three => _cluster.FrontEnds[2];

    public void Dispose()
    {
        _cluster.ShowLogs();
        _cluster.Output = null;
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_login_at_one_host_holds_at_the_others_and_its_end_is_final_at_all()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        var copy = browser.Another();
        copy.Plant(browser.Token!);
        foreach (var host in _cluster.FrontEnds.Concat(_cluster.FrontEnds))
        {
            Assert.Equal(HttpStatusCode.OK, await copy.VisitAsync(host));
        }

        Assert.Equal(HttpStatusCode.NoContent, await browser.SignOutAsync(Two));

        foreach (var host in _cluster.FrontEnds)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await copy.VisitAsync(host));
        }
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_pause_of_ten_seconds_ends_no_host_and_its_neighbours_go_on()
    {
        var browsers = await SignInAsync();
        await VisitAllAsync(browsers, One);
        await VisitAllAsync(browsers, Two);

        await Three.Process.SignalAsync("STOP");
        var pause = Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(browsers.SelectMany(browser => new[] { One, Two }.Select(async host =>
        {
            while (!pause.IsCompleted)
            {
                statuses.Add(await browser.VisitAsync(host));
            }
        })));
        await Three.Process.SignalAsync("CONT");

        await Three.UntilReadyAsync();
        _cluster.Note($"{statuses.Count} visits at the neighbours while it was paused");
        Assert.All(statuses, static status => Assert.Equal(HttpStatusCode.OK, status));
        await Wait.UntilAsync(async () => (await VisitAsync(browsers, Three)).All(static status => status == HttpStatusCode.OK), Failover, "it answers for all");
        await Wait.UntilAsync(async () => await browsers[0].SignOutAsync(One) == HttpStatusCode.NoContent, Failover, "a sign-out is acknowledged");
        Assert.False(Three.Process.HasExited);
        Assert.DoesNotContain("FATAL", Three.Process.Output, StringComparison.Ordinal);
    }

    [RequiresProgramFact("redis-server", "nginx")]
    public async Task No_request_fails_while_a_host_behind_nginx_stops_in_good_order()
    {
        await using var nginx = await Nginx.StartAsync(_cluster.FrontEnds);
        var browsers = await SignInAsync();
        var statuses = new ConcurrentBag<(string What, HttpStatusCode Status)>();
        using var over = new CancellationTokenSource();
        var load = browsers.Select(browser => UseAsync(browser, nginx.Address, statuses, over.Token)).ToArray();
        await Wait.UntilAsync(() => statuses.Count > 100, Failover, "there is load");

        var exitCode = await One.StopAsync();
        var during = statuses.Count;
        await Wait.UntilAsync(() => statuses.Count > during + 100, Failover, "the load goes on without the host");
        await over.CancelAsync();
        await Task.WhenAll(load);
        One.Launch();
        await One.UntilReadyAsync();

        _cluster.Note($"{statuses.Count} requests, of which {during} before it had stopped");
        Assert.Equal(0, exitCode);
        Assert.Empty(statuses.Where(static each => !IsSuccess(each.Status)).GroupBy(static each => each).Select(static group => $"{group.Key}: {group.Count()}"));
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_host_that_is_about_to_stop_says_so_to_its_balancer_and_still_serves()
    {
        var browser = await _cluster.SignInSomeoneAsync();

        var stopping = Two.StopAsync();
        await Wait.UntilAsync(async () => !await Two.AnswersAsync("/health/ready"), Failover, "it is not ready");
        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(Two));

        Assert.Equal(0, await stopping);
        Two.Launch();
        await Two.UntilReadyAsync();
    }

    [RequiresProgramFact("redis-server")]
    public async Task Sessions_survive_the_crash_of_each_host_in_turn()
    {
        var browsers = await SignInAsync();
        var ended = await SignInAndOutAsync();
        foreach (var host in _cluster.FrontEnds.ToArray())
        {
            var other = host == One ? Two : One;
            await host.KillAsync();
            Assert.All(await VisitAsync(browsers, other), static status => Assert.Equal(HttpStatusCode.OK, status));
            host.Launch();
            await host.UntilReadyAsync();
            var back = await Wait.UntilAsync(
                async () => (await Task.WhenAll(browsers.Select(browser => ListsAsync(browser, other)))).All(static isListed => isListed), Failover, "all grains are back");
            _cluster.Note($"{host.Name} killed and started again: all grains answered {back.TotalSeconds:0.00} s after it was ready");
            Assert.NotEqual(HttpStatusCode.OK, await ended.VisitAsync(other));
        }

        await Wait.UntilAsync(async () => await ended.VisitAsync(One) == HttpStatusCode.Unauthorized, Failover, "the ended session is refused");
    }

    [RequiresProgramFact("redis-server")]
    public async Task Sessions_hold_when_a_host_joins_and_when_it_leaves()
    {
        var browsers = await SignInAsync();

        var fourth = _cluster.LaunchHost();
        await fourth.UntilReadyAsync();
        Assert.All(await VisitAsync(browsers, fourth), static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.All(await VisitAsync(browsers, One), static status => Assert.Equal(HttpStatusCode.OK, status));

        Assert.Equal(0, await fourth.StopAsync());
        _cluster.FrontEnds.Remove(fourth);
        _cluster.Silos.Remove(fourth);
        Assert.All(await VisitAsync(browsers, One), static status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.NoContent, await browsers[0].SignOutAsync(Two));
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_pause_of_Redis_ends_no_host_and_no_session()
    {
        var browsers = await SignInAsync();

        await Faults.PauseAsync(_store.Process, TimeSpan.FromSeconds(5));

        await Wait.UntilAsync(async () => (await VisitAsync(browsers, One)).All(static status => status == HttpStatusCode.OK), Failover, "all sessions are back");
        Assert.All(_cluster.FrontEnds, static host => Assert.False(host.Process.HasExited));
    }

    private async Task<Browser[]> SignInAsync()
    {
        var browsers = new List<Browser>();
        while (browsers.Count < Users)
        {
            browsers.Add(await _cluster.SignInSomeoneAsync());
        }

        return [.. browsers];
    }

    /// <summary>A browser that still has the cookie of a session which was ended.</summary>
    private async Task<Browser> SignInAndOutAsync()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        var thief = browser.Another();
        thief.Plant(browser.Token!);
        Assert.Equal(HttpStatusCode.NoContent, await browser.SignOutAsync(One));
        return thief;
    }

    /// <summary>Visits all the time, and signs in anew now and then.</summary>
    private static async Task UseAsync(
        Browser browser, string address, ConcurrentBag<(string What, HttpStatusCode Status)> statuses, CancellationToken over)
    {
        for (var i = 1; !over.IsCancellationRequested; i++)
        {
            if (i % 20 == 0)
            {
                statuses.Add(("sign-in", await browser.TrySignInAsync(address)));
            }

            using var answer = await browser.SendAsync(address, HttpMethod.Get, "/api/session");
            statuses.Add(("visit", answer.StatusCode));
        }
    }

    private static async Task<bool> ListsAsync(Browser browser, RunningServer host)
    {
        using var answer = await browser.SendAsync(host.Address, HttpMethod.Get, "/api/sessions");
        return answer.IsSuccessStatusCode;
    }

    private static async Task VisitAllAsync(Browser[] browsers, RunningServer host) =>
        Assert.All(await VisitAsync(browsers, host), static status => Assert.Equal(HttpStatusCode.OK, status));

    private static Task<HttpStatusCode[]> VisitAsync(Browser[] browsers, RunningServer host) =>
        Task.WhenAll(browsers.Select(browser => browser.VisitAsync(host)));

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
