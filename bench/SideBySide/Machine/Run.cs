using Microsoft.AspNetCore.DataProtection;

namespace OrleansSessions.SideBySide;

/// <summary>What all parts of one run share.</summary>
internal sealed class Run : IDisposable
{
    private int _directories;

    private Run(RunOptions options)
    {
        Options = options;
        Scale = options.Quick ? Scale.Quick : options.Budget is { } minutes ? Scale.Within(TimeSpan.FromMinutes(minutes)) : Scale.Full;
        Scale = Scale with { Rounds = options.Rounds ?? Scale.Rounds };
        Earlier = options.Add is { } file ? EarlierRun.Read(file) : null;
        Ports = new Ports(options.Port);
        Keys = NewDirectory("keys");
    }

    /// <summary>What was asked for.</summary>
    public RunOptions Options { get; }

    /// <summary>The numbers to measure with.</summary>
    public Scale Scale { get; }

    /// <summary>The earlier run whose figures are taken over, if any.</summary>
    public EarlierRun? Earlier { get; }

    /// <summary>Where things lie.</summary>
    public Paths Paths { get; } = new();

    /// <summary>Ports to listen on.</summary>
    public Ports Ports { get; }

    /// <summary>The folder of the Data Protection keys that all servers share.</summary>
    public string Keys { get; }

    /// <summary>Whether what the processes wrote stays.</summary>
    public bool KeepsScratch { get; set; }

    /// <summary>What is measured, and with what.</summary>
    public MachineInfo Machine { get; private set; } = null!;

    /// <summary>What the processes wrote: deleted in the end, unless something failed.</summary>
    public string Scratch { get; } = Directory.CreateTempSubdirectory("side-by-side-").FullName;

    /// <summary>Sees that everything is there.</summary>
    public static async Task<Run> PrepareAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var run = new Run(options);
        run.Machine = await MachineInfo.ReadAsync(run.Paths, cancellationToken);
        if (!Directory.Exists(Path.Combine(run.Paths.Express, "node_modules")))
        {
            await ChildProcess.RunAsync("npm", ["ci", "--no-audit", "--no-fund"], cancellationToken, workingDirectory: run.Paths.Express);
        }

        // Made before any server starts, so that all find the same key instead of each making one.
        DataProtectionProvider.Create(new DirectoryInfo(run.Keys)).CreateProtector("first").Protect([]);
        return run;
    }

    /// <summary>A fresh folder for what a process writes.</summary>
    public string NewDirectory(string name) =>
        Directory.CreateDirectory(Path.Combine(Scratch, $"{Interlocked.Increment(ref _directories):D3}-{name}")).FullName;

    public void Dispose()
    {
        ChildProcess.KillAll();
        if (!KeepsScratch)
        {
            Directory.Delete(Scratch, recursive: true);
        }
    }
}
