using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Waits until replicas have what was written, where the settings ask for it: a failover then cannot lose it.</summary>
/// <remarks>
/// <c>WAIT</c> speaks of what its own connection has written, to the server that it reaches. The write may have gone
/// by a connection that is broken since, to a primary that has been replaced since. So what was written is looked at and
/// written once more, and the wait follows on the same connection: one of its own, whose waits hold nothing else up.
/// </remarks>
internal sealed class ReplicaWait(RedisConnections connections, IOptions<SiloSettings> settings)
{
    private const string ConfirmRecord = """
        if redis.call('HGET', KEYS[1], 'etag') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'etag', ARGV[1])
        return 1
        """;

    private const string ConfirmWindow = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[1], 'KEEPTTL')
        return 1
        """;

    /// <summary>Less than a command may take: that the replicas are late must not look like a server that is gone.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the replicas to have a record.</summary>
    /// <exception cref="RedisException">That they have it is not known.</exception>
    public Task ForRecordAsync(RedisKey key, string etag) => WaitAsync(ConfirmRecord, key, etag);

    /// <summary>Waits for the replicas to have the owner of a window.</summary>
    /// <exception cref="RedisException">That they have it is not known.</exception>
    public Task ForWindowAsync(RedisKey key, string owner) => WaitAsync(ConfirmWindow, key, owner);

    private async Task WaitAsync(string script, RedisKey key, string value)
    {
        var replicas = settings.Value.WaitForReplicas;
        if (replicas == 0)
        {
            return;
        }

        var redis = await connections.ForWaitingAsync();
        var failures = connections.FailuresOfWaiting;
        var primary = redis.GetServer(key, flags: CommandFlags.DemandMaster);

        // One right after the other: nothing comes in between but the end of the connection, which is counted.
        var confirmation = primary.ExecuteAsync("EVAL", [script, 1, key, value], CommandFlags.NoRedirect);
        var wait = primary.ExecuteAsync("WAIT", [replicas, (long)AtMost.TotalMilliseconds], CommandFlags.NoRedirect);
        await Task.WhenAll(confirmation, wait);
        if ((long)await confirmation != 1 || (long)await wait < replicas || failures != connections.FailuresOfWaiting)
        {
            throw new RedisException($"Fewer than {replicas} replicas have confirmed the write.");
        }
    }
}
