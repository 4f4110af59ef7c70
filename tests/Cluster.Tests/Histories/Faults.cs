using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Cluster.Tests.Histories;

/// <summary>What befalls the processes of a cluster, by a seed; each fault is over, and what it ended started again, when it returns.</summary>
internal class Faults(RunningCluster cluster, RedisServer store, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Random _random = new(seed);

    public async Task<string> StrikeAsync()
    {
        var silo = cluster.Silos[_random.Next(cluster.Silos.Count)];
        switch (_random.Next(5))
        {
            case 0:
                await silo.KillAsync();
                await StartAgainAsync(silo);
                return $"{silo.Name} killed";
            case 1:
                await silo.StopAsync();
                await StartAgainAsync(silo);
                return $"{silo.Name} stopped";
            case 2:
                return await PauseSiloAsync(silo);
            case 3:
                await PauseAsync(cluster.FrontEnds[_random.Next(cluster.FrontEnds.Count)].Process, TimeSpan.FromSeconds(2));
                return "a front end paused";
            default:
                await PauseAsync(store.Process, TimeSpan.FromMilliseconds(800));
                return "Redis paused";
        }
    }

    /// <summary>Pauses a silo past its declared death.</summary>
    protected virtual async Task<string> PauseSiloAsync(RunningServer silo)
    {
        await PauseAsync(silo.Process, TimeSpan.FromSeconds(5));
        await ReviveAsync(silo);
        return $"{silo.Name} paused past its declared death";
    }

    public static async Task PauseAsync(ChildProcess process, TimeSpan time)
    {
        await process.SignalAsync("STOP");
        await Task.Delay(time, TimeProvider.System);
        await process.SignalAsync("CONT");
    }

    /// <summary>A silo that wakes up and finds itself declared dead ends itself; one that was not, in time, goes on.</summary>
    /// <returns>Whether it had been declared dead.</returns>
    public static async Task<bool> ReviveAsync(RunningServer silo)
    {
        try
        {
            await Wait.UntilAsync(() => silo.Process.HasExited, Patience, $"{silo.Name} has ended itself");
        }
        catch (TimeoutException)
        {
            await silo.UntilReadyAsync();
            return false;
        }

        await StartAgainAsync(silo);
        return true;
    }

    private static async Task StartAgainAsync(RunningServer silo)
    {
        silo.Launch();
        await silo.UntilReadyAsync();
    }
}
