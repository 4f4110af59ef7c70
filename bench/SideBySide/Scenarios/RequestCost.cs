namespace OrleansSessions.SideBySide;

/// <summary>What a load costs: commands of Redis, and processor time of each kind of process.</summary>
internal static class RequestCost
{
    /// <summary>Commands that Redis executed, those inside scripts and of background work included.</summary>
    public static readonly Metric CommandsPerThousand = new("Redis commands per 1,000 requests", "commands", Better.Lower);

    /// <summary>Processor time of all processes of a contender.</summary>
    public static readonly Metric Processor = new("processor time per request", "µs", Better.Lower);

    private static readonly Metric OfFrontEnds = new("of that in front ends", "µs", Better.Lower) { IsPart = true };
    private static readonly Metric OfSilos = new("in silos", "µs", Better.Lower) { IsPart = true };
    private static readonly Metric OfStore = new("in Redis or PostgreSQL", "µs", Better.Lower) { IsPart = true };

    /// <summary>Runs a load, and notes what it cost. The load returns how many requests it made.</summary>
    public static async Task MeasureAsync(IScenario scenario, Deployment deployment, Results results, Func<Task<long>> load)
    {
        var commands = await ReadCommandsAsync(deployment);
        var before = deployment.ReadProcessorUse();
        var requests = await load();
        var used = deployment.ReadProcessorUse() - before;
        commands = await ReadCommandsAsync(deployment) - commands;

        results.Add(scenario, CommandsPerThousand, deployment.Contender, 1000.0 * commands / requests);
        Add(Processor, used.All);
        Add(OfFrontEnds, used.FrontEnds);
        Add(OfSilos, used.Silos);
        Add(OfStore, used.Store);

        void Add(Metric metric, TimeSpan? time)
        {
            if (time is { } value)
            {
                results.Add(scenario, metric, deployment.Contender, value.TotalMicroseconds / requests);
            }
        }
    }

    private static async Task<long> ReadCommandsAsync(Deployment deployment) =>
        deployment.Redis is null ? 0 : (await deployment.Redis.ReadAsync()).Commands;
}
