using Garnet;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>A store of one test, on a port of its own.</summary>
internal interface ITestStore : IAsyncDisposable
{
    string Redis { get; }

    Task StartAsync();
}

/// <summary>A redis-server with an append-only file, which can be killed and started again.</summary>
/// <param name="options">More options, with which it starts each time.</param>
internal sealed class RedisServer(params string[] options) : ITestStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private ChildProcess? _process;

    public int Port { get; } = Ports.Next();

    public string Redis => $"127.0.0.1:{Port}";

    public string Folder { get; } = Directory.CreateTempSubdirectory("orleans-sessions-redis-").FullName;

    public ChildProcess Process => _process ?? throw new InvalidOperationException("It has not been started.");

    public async Task StartAsync()
    {
        _process = ChildProcess.Start("redis-server", Programs.Find("redis-server")!,
            ["--bind", "127.0.0.1", "--port", $"{Port}", "--dir", Folder, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction", .. options]);
        await Wait.UntilAsync(async () => (await AskAsync("PING")).StartsWith("+PONG", StringComparison.Ordinal), Patience, "redis-server answers");
    }

    /// <summary>Runs a command on this very server, whatever others belong to it.</summary>
    /// <returns>The answer as it came, or nothing where it does not answer.</returns>
    public Task<string> AskAsync(string command) => RedisWire.AskAsync(Port, command);

    /// <summary>Runs commands.</summary>
    public async Task<T> QueryAsync<T>(Func<IDatabase, Task<T>> query)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        return await query(redis.GetDatabase());
    }

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Garnet in the test's own process: nothing needs to be installed for it.</summary>
internal sealed class GarnetStore : ITestStore
{
    private readonly int _port = Ports.Next();
    private readonly string _folder = Directory.CreateTempSubdirectory("orleans-sessions-garnet-").FullName;
    private GarnetServer? _server;

    public string Redis => $"127.0.0.1:{_port}";

    public Task StartAsync()
    {
        _server = new GarnetServer(
            ["--bind", "127.0.0.1", "--port", $"{_port}", "-q", "--lua", "--lua-transaction-mode", "--device-type", "RandomAccess", "--index", "4m", "--checkpointdir", _folder],
            NullLoggerFactory.Instance);
        _server.Start();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
