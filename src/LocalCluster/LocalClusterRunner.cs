using System.Runtime.InteropServices;
using OrleansSessions.LocalCluster.CommandLine;
using OrleansSessions.LocalCluster.Store;
using OrleansSessions.Server;

namespace OrleansSessions.LocalCluster;

/// <summary>Runs the whole from start to Ctrl-C.</summary>
internal static class LocalClusterRunner
{
    public static async Task<int> RunAsync(LocalOptions options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await RunAsync(options, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (Explain(e) is { } reason)
        {
            await Console.Error.WriteLineAsync($"LocalCluster: {reason}");
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task RunAsync(LocalOptions options, CancellationToken stop)
    {
        LocalPorts.CheckFree(options.Port, options.FrontEnds);
        using IStore store = options.Redis is { } redis ? new ExternalStore(redis) : EmbeddedStore.Start(options);
        Console.WriteLine("Starting ...");
        await using var servers = new LocalServers(options, store);
        await servers.StartAsync(stop);
        Console.WriteLine(Texts.Welcome(options, servers.FrontEnds, store));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        Console.WriteLine("Stopping ...");
    }

    private static string? Explain(Exception failure) =>
        failure is LocalFailureException own ? own.Message : StartFailureException.Explain(failure);
}
