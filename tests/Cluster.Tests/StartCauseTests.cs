using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansSessions.Cluster.Tests.Harness;
using StackExchange.Redis;

namespace OrleansSessions.Cluster.Tests;

/// <summary>A silo that cannot use its Redis names the cause, and no secret.</summary>
public sealed class StartCauseTests
{
    private const string Secret = "hunter2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [RequiresProgramTheory("redis-server")]
    [InlineData("localhost", "rediss://localhost:{0}", "has a certificate that is not trusted here")]
    [InlineData("redis.internal", "rediss://localhost:{0}", "has a certificate of another name")]
    [InlineData("localhost", "localhost:{0},ssl=true,password=" + Secret, "has a certificate that is not trusted here")]
    [InlineData("localhost", "redis://:" + Secret + "@localhost:{0}", "wants TLS")]
    public async Task C16_a_fault_of_TLS_is_named(string name, string address, string cause)
    {
        using var folder = new TemporaryFolder();
        Certificates.Write(folder.Path, name);
        var port = Ports.Next();
        await using var redis = ChildProcess.Start("redis-server", Programs.Find("redis-server")!,
        [
            "--bind", "127.0.0.1", "--port", "0", "--tls-port", $"{port}", "--save", "", "--dir", folder.Path, "--tls-auth-clients", "no",
            "--tls-cert-file", $"{folder.Path}/redis.crt", "--tls-key-file", $"{folder.Path}/redis.key", "--tls-ca-cert-file", $"{folder.Path}/ca.crt",
        ]);
        await Wait.UntilAsync(() => redis.Output.Contains("Ready to accept connections", StringComparison.Ordinal), Patience, "redis-server is ready");

        await AssertCauseAsync(string.Format(null, address, port), cause);
    }

    [RequiresProgramFact("redis-server")]
    public async Task C16_TLS_to_a_port_without_it_is_named()
    {
        await using var store = new RedisServer();
        await store.StartAsync();

        await AssertCauseAsync($"rediss://:{Secret}@{store.Redis}", "does not speak TLS");
    }

    [RequiresProgramTheory("redis-server")]
    [InlineData("~orleans-sessions/* +@all -eval", "run EVAL (NOPERM)")]
    [InlineData("~orleans-sessions/* +@all -echo", "run ECHO (NOPERM)")]
    [InlineData("~orleans-sessions/* +@all -hsetnx", "run HSETNX (NOPERM)")]
    [InlineData("~orleans-sessions/* -@all +@read +@write +@connection", "(NOPERM)")]
    [InlineData("~orleans-sessions/state/* +@all", "keys that begin with orleans-sessions/")]
    public async Task C18_a_missing_right_is_named_before_the_silo_joins(string rules, string cause)
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        await store.QueryAsync(redis => redis.ExecuteAsync("ACL", ["SETUSER", "some", "on", $">{Secret}", "resetchannels", .. rules.Split(' ')]));

        await AssertCauseAsync($"redis://some:{Secret}@{store.Redis}", cause);
        Assert.Empty((RedisResult[])(await store.QueryAsync(static redis => redis.ExecuteAsync("KEYS", "*")))!);
    }

    [RequiresProgramTheory("redis-server")]
    [InlineData("", "(NOAUTH)")]
    [InlineData(":" + Secret + "@", "(WRONGPASS)")]
    [InlineData("some:" + Secret + "@", "(WRONGPASS)")]
    public async Task C18_a_wrong_password_is_told_from_a_missing_one(string credentials, string cause)
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        await store.QueryAsync(static redis => redis.ExecuteAsync("CONFIG", "SET", "requirepass", "the-right-one"));

        await AssertCauseAsync($"redis://{credentials}{store.Redis}", cause);
    }

    [Fact]
    public async Task C16_a_port_of_something_else_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener);

        await AssertCauseAsync($"redis://:{Secret}@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "what answers there is not Redis");
        listener.Stop();
        await answering;
    }

    [Theory]
    [InlineData("redis://:" + Secret + "@no.such.host.invalid:6379", "no.such.host.invalid:6379 cannot be found")]
    [InlineData("redis://:" + Secret + "@127.0.0.1:1", "Redis at 127.0.0.1:1 did not answer (ConnectionRefused)")]
    [InlineData("127.0.0.1:1,password=secret," + Secret, "%2C for the comma")]
    [InlineData(Secret, "the host that OrleansSessions:Redis names cannot be found")]
    public Task C14_C15_what_cannot_be_reached_is_named(string address, string cause) => AssertCauseAsync(address, cause);

    [RequiresProgramFact("redis-server")]
    public async Task C17_a_start_waits_for_a_Redis_that_is_loading()
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        await store.QueryAsync(static redis => redis.ExecuteAsync("EVAL", "for i = 1, 30000 do redis.call('SET', 'k' .. i, 'x') end", 0));
        await store.Process.KillAsync();
        await using var loading = ChildProcess.Start("redis-server", Programs.Find("redis-server")!,
        [
            "--bind", "127.0.0.1", "--port", $"{store.Port}", "--dir", store.Folder, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction",
            "--key-load-delay", "250", "--loading-process-events-interval-bytes", "1024",
        ]);
        await Wait.UntilAsync(
            async () => (await store.AskAsync("PING")).StartsWith("-LOADING", StringComparison.Ordinal), Patience, "redis-server is loading");

        await AssertCauseAsync(store.Redis, "is still loading its data (LOADING)", startTimeout: "00:00:01");
        Assert.StartsWith("-LOADING", await store.AskAsync("PING"), StringComparison.Ordinal);

        await using var cluster = new RunningCluster(new Running(store.Redis));
        cluster.LaunchSilo(new() { ["OrleansSessions__Silo__StartTimeout"] = "00:00:40" });
        await cluster.UntilReadyAsync();
    }

    private static async Task AssertCauseAsync(string address, string cause, string startTimeout = "00:00:02")
    {
        var reason = await FailedStart.OfSiloAsync("OrleansSessions__Redis", address, startTimeout);

        Assert.Contains(cause, reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, reason, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The end.
        }
    }

    /// <summary>A store that runs already, and that another one disposes of.</summary>
    private sealed class Running(string redis) : ITestStore
    {
        public string Redis => redis;

        public Task StartAsync() => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
