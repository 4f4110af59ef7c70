using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace OrleansSessions.Server;

/// <summary>Tries what a silo will need of its Redis user, before it joins: later, a refusal would look like anything else.</summary>
/// <remarks>
/// What is written is a record and a note of its own, which are gone at the end. Only NOPERM counts: a Redis that is full, or that knows
/// no such command, says so in other words.
/// </remarks>
internal sealed class StoreRights(IOptions<ClusterSettings> cluster, IOptions<SiloSettings> settings)
{
    private const string Advice = "; docs/operations.md has the rights that a silo needs.";

    public async Task CheckAsync(IConnectionMultiplexer redis)
    {
        var database = redis.GetDatabase();
        RedisKey record = $"{cluster.Value.ServiceId}/state/session/start-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            foreach (var command in Commands(cluster.Value, record!))
            {
                await TryAsync(database, command);
            }
        }
        catch (RedisServerException)
        {
            await database.KeyDeleteAsync(record, CommandFlags.DemandMaster | CommandFlags.FireAndForget);
            throw;
        }
    }

    private static async Task TryAsync(IDatabase database, string[] command)
    {
        try
        {
            await database.ExecuteAsync(command[0], [.. command.Skip(1).Select(ToArgument)], CommandFlags.DemandMaster);
        }
        catch (RedisServerException e) when (!IsRefusal(e))
        {
            // Allowed, and of no use here and now.
        }
    }

    /// <summary>Whether Redis refused a command for want of a right.</summary>
    public static bool IsRefusal(RedisServerException e) =>
        e.Message.StartsWith("NOPERM", StringComparison.Ordinal) || e.Message.Contains("The user executing the script", StringComparison.Ordinal);

    /// <summary>Says what is missing: the command, as Redis names it, or the keys.</summary>
    public StartFailureException Explain(RedisServerException e)
    {
        // Its words are "… to run the 'eval' command", or "… access one of the keys …".
        var quoted = e.Message.Split('\'');
        var command = quoted.Length > 2 && quoted[1].Length > 0 && quoted[1].All(static letter => char.IsAsciiLetterLower(letter) || letter == '|') ? quoted[1] : null;
        return new StartFailureException(
            command is null
                ? $"Redis refuses its user keys that begin with {cluster.Value.ServiceId}/, or a command on them (NOPERM){Advice}"
                : $"Redis does not let its user run {command.ToUpperInvariant()} (NOPERM){Advice}", e);
    }

    // Of both providers of Orleans, of the ownership windows, of the notes of uses, of the mark, and of strict reads.
    private IEnumerable<string[]> Commands(ClusterSettings names, string record)
    {
        var window = $"{names.ServiceId}/window/start";
        var members = $"{names.ServiceId}/members/{names.ClusterId}";
        yield return ["EVAL", "return 0", "1", record];
        yield return ["SCRIPT", "LOAD", "return 0"];
        yield return ["EVALSHA", new string('0', 40), "1", record];
        yield return ["HMSET", record, "etag", ""];
        yield return ["HSET", record, "etag", ""];
        yield return ["HSETNX", record, "etag", ""];
        yield return ["EXPIRE", record, "10"];
        yield return ["HGET", record, "etag"];
        yield return ["HMGET", record, "etag", "data"];
        yield return ["HEXISTS", record, "etag"];
        yield return ["DEL", record];
        yield return ["HGETALL", members];
        yield return ["HDEL", members, "-"];
        yield return ["SET", window, "-", "XX", "PX", "1"];
        yield return ["GET", window];
        yield return ["PTTL", window];
        yield return ["PEXPIRE", window, "1"];
        yield return ["SETEX", $"{names.ServiceId}/use/start", "1", "0"];
        if (settings.Value.WaitForReplicas > 0)
        {
            yield return ["WAIT", "0", "1"];
        }
    }

    private static object ToArgument(string word) =>
        word.Contains('/', StringComparison.Ordinal) ? (RedisKey)word : word;
}
