using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace OrleansSessions.SideBySide;

/// <summary>A redis-server of one deployment, set up so that it may hold sessions: append-only file, no eviction.</summary>
/// <remarks>The file is never rewritten: that would strike whoever is being measured just then.</remarks>
internal sealed class RedisServer : IStore
{
    private readonly int _port;
    private readonly string _directory;
    private ChildProcess _process;
    private ConnectionMultiplexer? _connection;

    private RedisServer(Run run)
    {
        (_port, _directory) = (run.Ports.Next(), run.NewDirectory("redis"));
        _process = Launch();
    }

    /// <inheritdoc/>
    public string Address => $"127.0.0.1:{_port}";

    /// <inheritdoc/>
    public int ProcessId => _process.Id;

    /// <summary>Starts one, and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(Run run, CancellationToken cancellationToken)
    {
        var server = new RedisServer(run);
        try
        {
            await server.WaitAsync(cancellationToken);
            var options = ConfigurationOptions.Parse(server.Address);
            options.AllowAdmin = true;
            server._connection = await ConnectionMultiplexer.ConnectAsync(options);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Reads its counters.</summary>
    public async Task<RedisCounters> ReadAsync()
    {
        var info = await _connection!.GetServers()[0].InfoAsync();
        var values = info.SelectMany(section => section).DistinctBy(pair => pair.Key).ToDictionary();
        long Read(string name) => long.Parse(values[name], CultureInfo.InvariantCulture);
        return new RedisCounters(
            Read("total_commands_processed"), Read("total_net_input_bytes"), Read("total_net_output_bytes"), Read("used_memory"));
    }

    /// <inheritdoc/>
    /// <remarks>Killed, it loses nothing: each command is written before its answer, though not yet flushed to the disk.</remarks>
    public Task StopAsync()
    {
        _process.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process = Launch();
        return WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _process.Dispose();
    }

    private ChildProcess Launch() => ChildProcess.Start(
        "redis-server",
        [
            "--port", $"{_port}", "--bind", "127.0.0.1", "--dir", _directory, "--save", "",
            "--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0", "--maxmemory-policy", "noeviction",
        ],
        Path.Combine(_directory, "log"));

    // The client's own retries follow each other at once, and may all be over before a server listens.
    private Task WaitAsync(CancellationToken cancellationToken) => Browser.WaitUntilAsync(
        async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            return true;
        },
        cancellationToken);
}

/// <summary>What redis-server counts: commands as it executes them, those inside scripts included.</summary>
internal sealed record RedisCounters(long Commands, long BytesIn, long BytesOut, long Memory)
{
    /// <summary>Bytes to and from it.</summary>
    public long Bytes => BytesIn + BytesOut;
}
