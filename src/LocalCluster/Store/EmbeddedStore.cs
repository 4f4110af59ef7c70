using System.Globalization;
using System.Security.Cryptography;
using Garnet;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansSessions.LocalCluster.CommandLine;

namespace OrleansSessions.LocalCluster.Store;

/// <summary>Garnet, a store that speaks the Redis protocol, in this process and for this machine only.</summary>
internal sealed class EmbeddedStore : IStore
{
    private readonly DataFolder _folder;
    private readonly GarnetServer _server;
    private readonly bool _ephemeral;

    private EmbeddedStore(DataFolder folder, GarnetServer server, int port, bool ephemeral)
    {
        (_folder, _server, _ephemeral) = (folder, server, ephemeral);
        Redis = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    public string Redis { get; }

    /// <summary>A new one each time: nothing of an earlier run, which may have been killed, is waited for.</summary>
    public string ClusterId { get; } = "local-" + RandomNumberGenerator.GetHexString(12, lowercase: true);

    public string Description => _ephemeral ? "embedded, in memory" : $"embedded, in {_folder.Path}";

    public static EmbeddedStore Start(LocalOptions options)
    {
        var folder = options.Ephemeral ? DataFolder.Temporary() : DataFolder.Open(options.Data);
        var port = LocalPorts.Find();
        try
        {
            var server = new GarnetServer(Arguments(folder.Path, port, options.Ephemeral), NullLoggerFactory.Instance);
            server.Start();
            return new EmbeddedStore(folder, server, port, options.Ephemeral);
        }
        catch (Exception e)
        {
            folder.Dispose();
            throw new LocalFailureException($"the store in {folder.Path} does not start ({e.Message.ReplaceLineEndings(" ")}); choose another with --data.", e);
        }
    }

    public void Dispose()
    {
        _server.Dispose(deleteDir: false);
        _folder.Dispose();
    }

    private static string[] Arguments(string folder, int port, bool ephemeral)
    {
        string[] always =
        [
            "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "-q",
            // Orleans writes by Lua scripts.
            "--lua", "--lua-transaction-mode",
            // The native device needs libaio, and ends the process where that is missing.
            "--device-type", "RandomAccess",
            "--index", "4m", "--checkpointdir", folder,
        ];
        // The checkpoint, at intervals in seconds, is what keeps the append-only file from growing without end.
        return ephemeral ? always : [.. always, "--aof", "--recover", "--aof-segment-size", "64m", "--checkpoint-freq", "1800"];
    }
}
