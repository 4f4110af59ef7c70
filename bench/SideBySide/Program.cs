using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using OrleansSessions.SideBySide;
using Spectre.Console;

if (typeof(Run).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
{
    AnsiConsole.WriteLine("A debug build measures nothing: run with -c Release.");
    return 2;
}

if (!RunOptions.TryParse(args, out var options, out var error))
{
    AnsiConsole.WriteLine(error);
    return 2;
}

// Whatever ends this process ends the ones that it started.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
AppDomain.CurrentDomain.ProcessExit += (_, _) => ChildProcess.KillAll();

try
{
    using var run = await Run.PrepareAsync(options, stop.Token);
    var results = await new Runner(run).MeasureAsync(stop.Token);
    Report.Write(run, results, wasStopped: stop.IsCancellationRequested);
    if (stop.IsCancellationRequested)
    {
        return 130;
    }

    if (results.Failures.Count == 0)
    {
        return 0;
    }

    run.KeepsScratch = true;
    AnsiConsole.MarkupLineInterpolated($"Something failed. The logs of all processes: {run.Scratch}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (MissingProgramException e)
{
    AnsiConsole.WriteLine(e.Message);
    return 2;
}
finally
{
    ChildProcess.KillAll();
}
