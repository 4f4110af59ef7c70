using StackExchange.Redis;

namespace OrleansSessions.Redis;

/// <summary>Reads that the primary answers, or nobody.</summary>
/// <remarks>
/// The client's own choice of a server is not enough: it believes what it was last told of who the primary is. Each of these
/// reads is a script that Redis counts among the writes. A replica refuses it, a demoted primary does, and so does a primary
/// that has lost the replicas which <c>min-replicas-to-write</c> asks for. A Redis that is full answers it.
/// </remarks>
internal sealed class StrictReads(IStoreConnection connection)
{
    /// <summary>By this line the script counts as a write, and as one that needs no memory.</summary>
    private const string WriteClass = "#!lua flags=allow-oom\n";

    private volatile bool _isPlain;

    /// <summary>A script that only reads.</summary>
    internal sealed record Script(string Plain)
    {
        public string Strict { get; } = WriteClass + Plain;
    }

    /// <summary>Runs a script that only reads, with one key.</summary>
    /// <exception cref="RedisException">The primary does not answer, or refuses.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public async Task<RedisResult> RunAsync(Script script, RedisKey key, params RedisValue[] arguments)
    {
        var redis = await connection.ConnectAsync();
        if (!_isPlain)
        {
            try
            {
                return await RunAsync(redis, script.Strict, key, arguments);
            }
            catch (RedisServerException e) when (IsUnknownThere(e))
            {
                // Decided by what the store can do: the embedded one, and Redis before 7, have no such line.
            }
        }

        var result = await RunAsync(redis, script.Plain, key, arguments);
        Remember(redis);
        return result;
    }

    private static async Task<RedisResult> RunAsync(IConnectionMultiplexer redis, string script, RedisKey key, RedisValue[] arguments)
    {
        try
        {
            return await redis.GetDatabase().ScriptEvaluateAsync(script, [key], arguments, CommandFlags.DemandMaster);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // So the client ends a script whose connection it gives up: it cancels it, or tells of a pipe that has been completed.
            throw new TimeoutException("The store did not answer in time.", e);
        }
    }

    /// <summary>Whether the script could not be compiled. Every other refusal means what it says.</summary>
    private static bool IsUnknownThere(RedisServerException e) => e.Message.Contains("compil", StringComparison.OrdinalIgnoreCase);

    /// <summary>Spares the next reads the attempt, for as long as it is the same server that they are sent to.</summary>
    private void Remember(IConnectionMultiplexer redis)
    {
        if (!_isPlain)
        {
            redis.ConnectionRestored += (_, _) => _isPlain = false;
            _isPlain = true;
        }
    }
}
