using System.Diagnostics;
using System.Net;
using System.Text;
using OrleansSessions.Cluster.Tests.Harness;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>What stands in Redis, and what happens when Redis does not answer, or answers with something else.</summary>
public sealed class StoreFaultsTests : IClassFixture<SharedCluster>, IDisposable
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(20);
    private readonly RunningCluster _cluster;
    private readonly RedisServer _store;

    public StoreFaultsTests(SharedCluster shared, ITestOutputHelper output)
    {
        (_cluster, _store) = (shared.Cluster, shared.Store);
        _cluster.Output = output;
    }

    private RunningServer One => _cluster.FrontEnds[0];

    private RunningServer Two => _cluster.FrontEnds[1];

    public void Dispose()
    {
        _cluster.ShowLogs();
        _cluster.Output = null;
    }

    [RequiresProgramFact("redis-server")]
    public async Task While_Redis_is_dead_nobody_is_signed_out_and_afterwards_everyone_is_still_signed_in()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        await _store.Process.KillAsync();
        try
        {
            await AssertUnknownAsync(browser);
        }
        finally
        {
            await _store.StartAsync();
        }

        var back = await Wait.UntilAsync(async () => await browser.VisitAsync(Two) == HttpStatusCode.OK, Recovery, "the session is back");
        _cluster.Note($"signed in {back.TotalSeconds:0.00} s after Redis is back");
        Assert.All(_cluster.Silos, static silo => Assert.False(silo.Process.HasExited));
    }

    [RequiresProgramFact("redis-server")]
    public async Task While_Redis_is_paused_requests_are_bounded_and_nobody_is_signed_out()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        await _store.Process.SignalAsync("STOP");
        try
        {
            await AssertUnknownAsync(browser);
        }
        finally
        {
            await _store.Process.SignalAsync("CONT");
        }

        await Wait.UntilAsync(async () => await browser.VisitAsync(Two) == HttpStatusCode.OK, Recovery, "the session is back");
    }

    // Checklist, vulnerability 31: what stands in the store must never choose the types it is read as.
    [RequiresProgramFact("redis-server")]
    public async Task A_hostile_record_is_refused_and_its_silo_lives_on()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        var token = SessionToken.Create();
        await _store.QueryAsync(async redis =>
        {
            await redis.HashSetAsync($"orleans-sessions/state/session/{token.SessionId}",
            [
                new HashEntry("etag", "1"),
                new HashEntry("data", """{"$type":"System.Diagnostics.Process, System.Diagnostics.Process","v":{"$type":"System.IO.FileInfo, System.Private.CoreLib"},"sub":["x"]}"""),
            ]);
            return true;
        });

        var attacker = _cluster.OpenBrowser();
        attacker.Plant(token.ToCookieValue());
        Assert.Contains(await attacker.VisitAsync(One), new[] { HttpStatusCode.Unauthorized, HttpStatusCode.ServiceUnavailable });

        Assert.Equal(HttpStatusCode.OK, await browser.VisitAsync(One));
        foreach (var silo in _cluster.Silos)
        {
            Assert.True(await silo.AnswersAsync("/health/ready"));
        }
    }

    [RequiresProgramFact("redis-server")]
    public async Task T5_O10_anonymous_and_unknown_visitors_leave_nothing_in_the_store()
    {
        await _cluster.SignInSomeoneAsync();
        var before = await ListKeysAsync();
        foreach (var _ in Enumerable.Range(0, 10))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                var visitor = _cluster.OpenBrowser();
                if (i % 2 == 0)
                {
                    visitor.Plant(SessionToken.Create().ToCookieValue());
                }

                Assert.Equal(HttpStatusCode.Unauthorized, await visitor.VisitAsync(i % 4 == 0 ? One : Two));
            }));
        }

        // Not the other way about: windows of earlier sessions end meanwhile.
        Assert.Empty((await ListKeysAsync()).Except(before));
    }

    [RequiresProgramFact("redis-server")]
    public async Task T10_no_secret_is_found_in_keys_files_or_logs()
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _cluster.SignInSomeoneAsync()));
        foreach (var browser in browsers)
        {
            await browser.VisitAsync(Two);
            await browser.ListAsync(One);
        }

        var keys = string.Join('\n', await ListKeysAsync());
        Assert.Contains(browsers[0].Token![..SessionToken.SessionIdLength], keys, StringComparison.Ordinal);
        var files = string.Concat(Directory.EnumerateFiles(_store.Folder, "*", SearchOption.AllDirectories).Select(ReadShared));
        var logs = string.Concat(_cluster.Silos.Concat(_cluster.FrontEnds).Select(static server => server.Process.Output));
        foreach (var browser in browsers)
        {
            var secret = browser.Token![SessionToken.SessionIdLength..];
            Assert.DoesNotContain(secret, keys, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, files, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, logs, StringComparison.Ordinal);
        }
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_silo_logs_the_end_of_a_session_with_its_reason()
    {
        var browser = await _cluster.SignInSomeoneAsync();
        var line = $"Session {browser.Token![..SessionToken.SessionIdLength]} ended: {RevocationReason.SignedOut}.";

        await browser.SignOutAsync(One);

        await Wait.UntilAsync(
            () => _cluster.Silos.Any(silo => silo.Process.Output.Contains(line, StringComparison.Ordinal)), Recovery, "a silo has logged it");
    }

    // A silo may answer from memory while it is allowed to; whatever it cannot know is 503, soon, and the cookie stays.
    private async Task AssertUnknownAsync(Browser browser)
    {
        var started = Stopwatch.GetTimestamp();
        Assert.Contains(await browser.VisitAsync(Two), new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
        _cluster.Note($"a visit is answered within {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 6);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.Another().TrySignInAsync(One));
        Assert.NotNull(browser.Token);
    }

    private Task<string[]> ListKeysAsync() => _store.QueryAsync(static async redis => (string[])(await redis.ExecuteAsync("KEYS", "*"))!);

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
