using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansSessions.Grains;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Keeps each ownership window as a key that holds its owner and expires with it.</summary>
internal sealed partial class RedisOwnershipWindows(
    RedisConnections connections,
    StrictReads reads,
    ReplicaWait replicas,
    IOptions<ClusterSettings> cluster,
    ILogger<RedisOwnershipWindows> logger) : IOwnershipWindows
{
    /// <summary>Takes the window from its owner, never makes it shorter, and tells for how long someone else may go on.</summary>
    private const string TakeOver = """
        local owner = redis.call('GET', KEYS[1])
        local rest = redis.call('PTTL', KEYS[1])
        redis.call('SET', KEYS[1], ARGV[1], 'PX', math.max(rest, tonumber(ARGV[2])))
        if owner == ARGV[1] then return 0 end
        return rest
        """;

    /// <summary>For how long another owner may go on.</summary>
    private static readonly StrictReads.Script Look = new("""
        local owner = redis.call('GET', KEYS[1])
        if not owner or owner == ARGV[1] then return 0 end
        return redis.call('PTTL', KEYS[1])
        """);

    /// <summary>A time of zero deletes the key.</summary>
    private const string Shorten = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
        end
        """;

    public async Task<TimeSpan?> ClaimAsync(GrainId session, string owner, TimeSpan length, bool isRenewal)
    {
        var key = StoreKeys.Window(cluster.Value.ServiceId, session);
        try
        {
            if (await TryClaimAsync(session, key, owner, length, isRenewal) is not { } rest)
            {
                return null;
            }

            await replicas.ForWindowAsync(key, owner);
            return rest;
        }
        catch (Exception e)
        {
            throw Failure(e, session);
        }
    }

    public async Task<TimeSpan> RestOfOthersAsync(GrainId session, string? owner)
    {
        try
        {
            var key = StoreKeys.Window(cluster.Value.ServiceId, session);
            var rest = (long)await reads.RunAsync(Look, key, owner ?? "");
            return TimeSpan.FromMilliseconds(Math.Max(rest, 0));
        }
        catch (Exception e)
        {
            throw Failure(e, session);
        }
    }

    public async Task ShortenAsync(GrainId session, string owner, TimeSpan rest)
    {
        try
        {
            var database = await DatabaseAsync();
            var key = StoreKeys.Window(cluster.Value.ServiceId, session);
            await database.ScriptEvaluateAsync(Shorten, [key], [owner, (long)Math.Ceiling(rest.TotalMilliseconds)]);
        }
        catch (Exception e)
        {
            LogKept(logger, e, session);
        }
    }

    private async Task<TimeSpan?> TryClaimAsync(GrainId session, RedisKey key, string owner, TimeSpan length, bool isRenewal)
    {
        try
        {
            var database = await DatabaseAsync();

            // Where the last window has passed, one plain command does.
            if (!isRenewal && await database.StringSetAsync(key, owner, length, When.NotExists))
            {
                return TimeSpan.Zero;
            }

            var rest = (long)await database.ScriptEvaluateAsync(TakeOver, [key], [owner, (long)length.TotalMilliseconds]);
            return TimeSpan.FromMilliseconds(Math.Max(rest, 0));
        }
        catch (RedisServerException e)
        {
            // Redis has refused, because it is full, say, and has changed nothing: the session does without leases.
            LogRefused(logger, e, session);
            return null;
        }
    }

    private async Task<IDatabase> DatabaseAsync() => (await connections.ForStorageAsync()).GetDatabase();

    /// <summary>What front ends know as a failure of the store; without the cause, whose type they do not have.</summary>
    private OrleansException Failure(Exception cause, GrainId session)
    {
        LogFailed(logger, cause, session);
        return new OrleansException($"The session store did not answer for the ownership window of {session}.");
    }

    [LoggerMessage(EventId = 310, EventName = "WindowUnknown", Level = LogLevel.Warning,
        Message = "The store did not answer for the ownership window of {Session}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, GrainId session);

    [LoggerMessage(EventId = 311, EventName = "WindowRefused", Level = LogLevel.Warning,
        Message = "The store refused the ownership window of {Session}, which goes without leases.")]
    private static partial void LogRefused(ILogger logger, Exception exception, GrainId session);

    [LoggerMessage(EventId = 312, EventName = "WindowKept", Level = LogLevel.Debug,
        Message = "The ownership window of {Session} is kept longer than need be.")]
    private static partial void LogKept(ILogger logger, Exception exception, GrainId session);
}
