using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Refuses a Redis that forgets on its own account, and warns of one that forgets in a crash.</summary>
/// <remarks>
/// Under memory pressure an evicting Redis drops the records of revoked sessions like any other. What cannot be read,
/// because the server does not know of it or the Redis user may not ask, is taken as right.
/// </remarks>
internal sealed partial class StorePolicy(ILogger<StorePolicy> logger)
{
    public async Task CheckAsync(IConnectionMultiplexer redis)
    {
        var isDurable = true;
        foreach (var primary in redis.GetServers().Where(static server => server is { IsConnected: true, IsReplica: false }))
        {
            if (await ReadAsync(primary, "memory", "maxmemory_policy") is { } policy && policy != "noeviction")
            {
                throw new StartFailureException(
                    $"Redis may drop sessions (maxmemory-policy is {policy}); run it with --maxmemory-policy noeviction.");
            }

            isDurable &= await ReadAsync(primary, "persistence", "aof_enabled") is not "0";
        }

        if (!isDurable)
        {
            LogNotDurable(logger);
        }
    }

    private static async Task<string?> ReadAsync(IServer server, string section, string field)
    {
        try
        {
            var info = (string?)await server.ExecuteAsync("INFO", section) ?? "";
            var line = Array.Find(info.Split("\r\n"), l => l.StartsWith(field + ":", StringComparison.Ordinal));
            return line?[(field.Length + 1)..].Trim();
        }
        catch (RedisServerException)
        {
            return null;
        }
    }

    [LoggerMessage(EventId = 330, EventName = "StoreNotDurable", Level = LogLevel.Warning,
        Message = "Redis keeps no append-only file: a crash of it loses sign-ins, and revocations. Run it with --appendonly yes.")]
    private static partial void LogNotDurable(ILogger logger);
}
