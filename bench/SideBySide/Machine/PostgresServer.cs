namespace OrleansSessions.SideBySide;

/// <summary>A PostgreSQL cluster of one deployment, as its package sets it up; with room for the connections of all servers.</summary>
internal sealed class PostgresServer : IStore
{
    // It refuses to run as root.
    private const string User = "postgres";

    private readonly int _port;
    private readonly string _log;
    private readonly string _programs;
    private readonly string _data;
    private ChildProcess? _process;

    private PostgresServer(Run run)
    {
        _programs = FindPrograms();
        _port = run.Ports.Next();
        _log = Path.Combine(run.NewDirectory("postgres"), "log");

        // Not under the folder of the run, which another user may not enter.
        _data = Directory.CreateTempSubdirectory("side-by-side-postgres-").FullName;
    }

    /// <inheritdoc/>
    public string Address => $"127.0.0.1:{_port}";

    /// <inheritdoc/>
    public int ProcessId => _process!.Id;

    /// <summary>Makes one, and waits until it answers.</summary>
    public static async Task<PostgresServer> StartAsync(Run run, CancellationToken cancellationToken)
    {
        var server = new PostgresServer(run);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await ChildProcess.RunAsync("chown", [User, server._data], cancellationToken);
            }

            var (program, arguments) = server.Command("initdb", "--pgdata", server._data, "--username", User, "--auth", "trust");
            await ChildProcess.RunAsync(program, arguments, cancellationToken);
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>How a server connects to it, directly or by another address.</summary>
    public static string ConnectionString(string address)
    {
        var parts = address.Split(':');
        return $"Host={parts[0]};Port={parts[1]};Username={User};Database={User};Maximum Pool Size=50;Timeout=5;Command Timeout=5";
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            // Fast shutdown, which also gives back its shared memory.
            await process.SignalAsync("INT");
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        var (program, arguments) = Command(
            "postgres", "-D", _data, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200");
        _process = ChildProcess.Start(program, arguments, _log);
        await Browser.WaitUntilAsync(
            async () => (await ChildProcess.RunAsync(
                "sh", ["-c", $"{_programs}/pg_isready -h 127.0.0.1 -p {_port} >/dev/null && echo yes || echo no"], cancellationToken)).Trim() == "yes",
            cancellationToken);
    }

    public void Dispose()
    {
        StopAsync().GetAwaiter().GetResult();
        Directory.Delete(_data, recursive: true);
    }

    private (string Program, string[] Arguments) Command(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid", User, "--regid", User, "--clear-groups", path, .. arguments])
            : (path, arguments);
    }

    // Debian keeps them off the path, in a folder for each version.
    private static string FindPrograms()
    {
        const string versions = "/usr/lib/postgresql";
        var found = Directory.Exists(versions)
            ? Directory.GetDirectories(versions).Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Max()
            : null;
        return found ?? throw new MissingProgramException("postgres");
    }
}
