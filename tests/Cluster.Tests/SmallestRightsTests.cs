using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests;

/// <summary>The rights in Redis that docs/operations.md names: no more, and they are enough.</summary>
public sealed class SmallestRightsTests(ITestOutputHelper output)
{
    private static readonly string[] TriedByTheClient = ["__Booksleeve_TieBreak", "config|get", "cluster|nodes"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [RequiresProgramFact("redis-server")]
    public async Task C18_silo_and_front_end_do_with_the_rights_of_the_documentation()
    {
        var store = new RedisServer();
        await using var cluster = new RunningCluster(store, output);
        await store.StartAsync();
        await store.QueryAsync(async redis =>
        {
            await redis.ExecuteAsync("ACL", [.. RightsOf("silo")]);
            await redis.ExecuteAsync("ACL", [.. RightsOf("web")]);
            return await redis.ExecuteAsync("ACL", "SETUSER", "default", "resetkeys", "~orleans-sessions/use/*");
        });
        cluster.LaunchSilo(new() { ["OrleansSessions__Redis"] = $"redis://silo:PASSWORD@{store.Redis}" });
        cluster.LaunchFrontEnd(new() { ["OrleansSessions__Redis"] = $"redis://web:PASSWORD@{store.Redis}" });
        await cluster.UntilReadyAsync();

        var (leaver, stayer) = (await cluster.SignInSomeoneAsync(), await cluster.SignInSomeoneAsync());
        Assert.Equal(HttpStatusCode.OK, await leaver.VisitAsync(cluster.FrontEnds[0]));
        Assert.Equal(HttpStatusCode.NoContent, await leaver.SignOutAsync(cluster.FrontEnds[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, await leaver.VisitAsync(cluster.FrontEnds[0]));
        Assert.NotEmpty(await stayer.ListAsync(cluster.FrontEnds[0]));

        // The sign-in just before was not used at this front end: its first visit is a lone one, and is noted.
        var visitor = await cluster.SignInSomeoneAsync();
        await cluster.Silos[0].KillAsync();
        await Wait.UntilAsync(
            async () => await visitor.VisitAsync(cluster.FrontEnds[0]) == HttpStatusCode.OK, Patience, "a direct read answers");
        var note = await store.QueryAsync(redis => redis.KeyTimeToLiveAsync($"orleans-sessions/use/{visitor.Token![..SessionToken.SessionIdLength]}"));
        Assert.InRange(note!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(2));

        // Without a silo, only a direct read can say yes.
        await Wait.UntilAsync(
            async () => await stayer.VisitAsync(cluster.FrontEnds[0]) == HttpStatusCode.OK, Patience, "a direct read answers");

        var refused = (RedisResult[])(await store.QueryAsync(static redis => redis.ExecuteAsync("ACL", "LOG")))!;
        Assert.All(refused, static entry => Assert.Contains((string?)((RedisResult[])entry!)[7], TriedByTheClient));
    }

    [RequiresProgramTheory("redis-server")]
    [InlineData("HSET", "orleans-sessions/state/session/x", "etag", "1")]
    [InlineData("EVAL", "return redis.call('HSET', KEYS[1], 'etag', '1')", "1", "orleans-sessions/state/session/x")]
    [InlineData("RPUSH", "orleans-sessions/state/session/x", "1")]
    [InlineData("SET", "orleans-sessions/state/session/x", "1")]
    [InlineData("SET", "orleans-sessions/window/x", "1")]
    [InlineData("EVAL", "return redis.call('DEL', KEYS[1])", "1", "orleans-sessions/epoch")]
    [InlineData("HGET", "orleans-sessions/state/account/x", "data")]
    public async Task C18_a_front_end_can_change_no_session_and_read_no_account(params string[] command)
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        await store.QueryAsync(static redis => redis.ExecuteAsync("ACL", [.. RightsOf("web")]));
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{store.Redis},user=web,password=PASSWORD");

        var refusal = await Assert.ThrowsAsync<RedisServerException>(() => redis.GetDatabase().ExecuteAsync(command[0], [.. command.Skip(1)]));

        Assert.True(refusal.Message.Contains("NOPERM", StringComparison.Ordinal) || refusal.Message.Contains("user executing the script", StringComparison.Ordinal));
    }

    private static IEnumerable<object> RightsOf(string user) =>
        File.ReadLines(Path.Combine(BuiltProgram.Repository, "docs", "operations.md"))
            .Single(line => line.StartsWith($"    ACL SETUSER {user} ", StringComparison.Ordinal)).Trim().Split(' ').Skip(1);
}
