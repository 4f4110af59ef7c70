namespace OrleansSessions.SideBySide;

/// <summary>What a load costs Redis.</summary>
internal static class RedisCost
{
    /// <summary>Commands that Redis executed, those inside scripts and of background work included.</summary>
    public static readonly Metric CommandsPerThousand = new("Redis commands per 1,000 requests", "commands", Better.Lower);

    /// <summary>Runs a load, and notes what it cost. The load returns how many requests it made.</summary>
    public static async Task MeasureAsync(IScenario scenario, Deployment deployment, Results results, Func<Task<long>> load)
    {
        var before = deployment.Redis is null ? null : await deployment.Redis.ReadAsync();
        var requests = await load();
        var commands = before is null ? 0 : (await deployment.Redis!.ReadAsync()).Commands - before.Commands;
        results.Add(scenario, CommandsPerThousand, deployment.Contender, 1000.0 * commands / requests);
    }
}
