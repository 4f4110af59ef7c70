using System.Diagnostics;
using Npgsql;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Identity.Tests;

/// <summary>A PostgreSQL server of a test's own, as Debian installs it.</summary>
internal sealed class PostgreSql : IAsyncDisposable
{
    public const string Server = Folder + "postgres";

    private const string Folder = "/usr/lib/postgresql/15/bin/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder;
    private readonly ChildProcess _server;

    private PostgreSql(TemporaryFolder folder, ChildProcess server, int port) =>
        (_folder, _server, ConnectionString) = (folder, server, $"Host=127.0.0.1;Port={port};Username=tests;Database=postgres;Pooling=false");

    public string ConnectionString { get; }

    public static async Task<PostgreSql> StartAsync()
    {
        var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var port = Ports.Next();

        // The server refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        if (user.Length > 0)
        {
            await RunAsync("chown", "postgres", folder.Path);
        }

        await RunAsync([.. user, Folder + "initdb", "-D", data, "-U", "tests", "--auth=trust", "--no-sync"]);
        string[] start = [.. user, Server, "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", folder.Path, "-F"];
        var postgres = new PostgreSql(folder, ChildProcess.Start("PostgreSQL", start[0], start[1..]), port);
        await postgres.AwaitAnswerAsync();
        return postgres;
    }

    public async ValueTask DisposeAsync()
    {
        // Asked to stop, it stops its children too.
        await _server.SignalAsync("INT");
        await _server.WaitForExitAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private async Task AwaitAnswerAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString);
                await connection.OpenAsync(limit.Token);
                return;
            }
            catch (NpgsqlException) when (!limit.IsCancellationRequested && !_server.HasExited)
            {
                await Task.Yield();
            }
        }
    }
}
