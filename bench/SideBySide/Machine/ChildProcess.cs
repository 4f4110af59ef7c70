using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>A process that ends with this one, at the latest. What it prints goes to a log file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly ConcurrentDictionary<ChildProcess, byte> Running = new();

    private readonly Process _process;
    private readonly StreamWriter _log;
    private string _lastLine = "";

    private ChildProcess(Process process, StreamWriter log)
    {
        (_process, _log) = (process, log);
        process.OutputDataReceived += (_, e) => Write(e.Data);
        process.ErrorDataReceived += (_, e) => Write(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Running.TryAdd(this, default);
    }

    /// <summary>Its process ID.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended, once it has.</summary>
    public string Ending => $"exit code {_process.ExitCode}, last words: {_lastLine}";

    /// <summary>Starts a program.</summary>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string log, IReadOnlyDictionary<string, string>? environment = null)
    {
        var writer = new StreamWriter(log, append: true) { AutoFlush = true };
        return new ChildProcess(Process.Start(StartInfo(program, arguments, environment))!, writer);
    }

    /// <summary>Runs a program to its end, and returns what it printed.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null, string? workingDirectory = null)
    {
        var info = StartInfo(program, arguments, environment);
        info.WorkingDirectory = workingDirectory ?? "";
        using var process = Process.Start(info)!;
        await using var end = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? output + await errors
            : throw new InvalidOperationException($"{program} failed ({process.ExitCode}): {output}{await errors}");
    }

    /// <summary>Sends it a signal, by the name of it.</summary>
    public Task SignalAsync(string signal) => RunAsync("sh", ["-c", $"kill -{signal} {Id}"], CancellationToken.None);

    /// <summary>Waits for its end.</summary>
    public Task WaitForExitAsync() => _process.WaitForExitAsync();

    /// <summary>Ends all that still run.</summary>
    public static void KillAll()
    {
        foreach (var process in Running.Keys)
        {
            process.Dispose();
        }
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public void Dispose()
    {
        if (Running.TryRemove(this, out _))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
            _log.Dispose();
        }
    }

    private static ProcessStartInfo StartInfo(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.WriteLine(line);
                _lastLine = line;
            }
        }
    }
}
