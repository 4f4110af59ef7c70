using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace OrleansSessions.SideBySide;

/// <summary>A redis-server of one deployment, set up so that it may hold sessions: append-only file, no eviction.</summary>
/// <remarks>The file is never rewritten: that would strike whoever is being measured just then.</remarks>
internal sealed class RedisServer : IDisposable
{
    private readonly ChildProcess _process;
    private readonly IConnectionMultiplexer _connection;

    private RedisServer(ChildProcess process, IConnectionMultiplexer connection, string address) =>
        (_process, _connection, Address) = (process, connection, address);

    /// <summary>Host and port.</summary>
    public string Address { get; }

    /// <summary>Starts one, and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(Run run, CancellationToken cancellationToken)
    {
        var port = run.Ports.Next();
        var directory = run.NewDirectory("redis");
        var process = ChildProcess.Start(
            "redis-server",
            [
                "--port", $"{port}", "--bind", "127.0.0.1", "--dir", directory, "--save", "",
                "--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0", "--maxmemory-policy", "noeviction",
            ],
            Path.Combine(directory, "log"));
        var address = $"127.0.0.1:{port}";
        var options = ConfigurationOptions.Parse(address);
        options.AllowAdmin = true;
        try
        {
            await Browser.WaitUntilAsync(() => IsListeningAsync(port, cancellationToken), cancellationToken);
            return new RedisServer(process, await ConnectionMultiplexer.ConnectAsync(options), address);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Reads its counters.</summary>
    public async Task<RedisCounters> ReadAsync()
    {
        var info = await _connection.GetServers()[0].InfoAsync();
        var values = info.SelectMany(section => section).DistinctBy(pair => pair.Key).ToDictionary();
        long Read(string name) => long.Parse(values[name], CultureInfo.InvariantCulture);
        return new RedisCounters(
            Read("total_commands_processed"), Read("total_net_input_bytes"), Read("total_net_output_bytes"), Read("used_memory"));
    }

    public void Dispose()
    {
        _connection.Dispose();
        _process.Dispose();
    }

    // The client's own retries follow each other at once, and may all be over before a server listens.
    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return true;
    }
}

/// <summary>What redis-server counts: commands as it executes them, those inside scripts included.</summary>
internal sealed record RedisCounters(long Commands, long BytesIn, long BytesOut, long Memory);
