using System.Collections.Concurrent;
using NSubstitute;
using OrleansSessions.Redis;
using StackExchange.Redis;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>A store that holds one record, and answers when, and as, the test says.</summary>
internal sealed class ScriptedStore : IStoreConnection, IDisposable
{
    private readonly IConnectionMultiplexer _redis = Substitute.For<IConnectionMultiplexer>();
    private readonly SemaphoreSlim _read = new(0);
    private int _reads;

    public ScriptedStore(TimeProvider time)
    {
        var started = time.GetTimestamp();
        var database = Substitute.For<IDatabase>();
        _redis.GetDatabase(Arg.Any<int>(), Arg.Any<object?>()).Returns(database);
        database.ScriptEvaluateAsync(Arg.Any<string>(), Arg.Any<RedisKey[]?>(), Arg.Any<RedisValue[]?>(), Arg.Any<CommandFlags>()).Returns(call =>
        {
            Flags = call.ArgAt<CommandFlags>(3);
            return call.ArgAt<string>(0).Contains("TIME", StringComparison.Ordinal)
                ? OnTime(Now + time.GetElapsedTime(started))
                : ReadAsync(call.ArgAt<RedisKey[]>(1)[0]!);
        });
        database.StringSetAsync(
            Arg.Any<RedisKey>(), Arg.Any<RedisValue>(), Arg.Any<TimeSpan?>(), Arg.Any<When>(), Arg.Any<CommandFlags>()).Returns(call =>
        {
            Assert.Equal(CommandFlags.FireAndForget, call.ArgAt<CommandFlags>(4));
            Notes.Enqueue((
                call.ArgAt<RedisKey>(0)!, DateTimeOffset.FromUnixTimeMilliseconds((long)call.ArgAt<RedisValue>(1)), call.ArgAt<TimeSpan?>(2)!.Value));
            return new TaskCompletionSource<bool>().Task;
        });
    }

    /// <summary>The uses that were noted: key, moment, lifetime. No note is ever answered.</summary>
    public ConcurrentQueue<(string Key, DateTimeOffset UsedAt, TimeSpan Lifetime)> Notes { get; } = [];

    /// <summary>The store's time at the start: months from that of the front end's machine.</summary>
    public DateTimeOffset Now { get; set; } = ReleasedRecord.LastSeenAt + TimeSpan.FromMinutes(1);

    /// <summary>What is stored; null for nothing.</summary>
    public byte[]? Record { get; set; } = ReleasedRecord.Read(ReleasedRecord.Sealed);

    /// <summary>Answers a read.</summary>
    public Func<byte[]?, Task<byte[]?>> OnRead { get; set; } = Task.FromResult;

    /// <summary>Answers the question for the time.</summary>
    public Func<DateTimeOffset, Task<RedisResult>> OnTime { get; set; } = static now => Task.FromResult(RedisResult.Create(
        [now.ToUnixTimeSeconds(), (now.Ticks % TimeSpan.TicksPerSecond) / TimeSpan.TicksPerMicrosecond]));

    /// <summary>How often the record was read.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>The key of the latest read.</summary>
    public string? Key { get; private set; }

    /// <summary>How the latest command was sent.</summary>
    public CommandFlags Flags { get; private set; }

    public Task<IConnectionMultiplexer> ConnectAsync() => Task.FromResult(_redis);

    /// <summary>Waits for the next read to reach the store.</summary>
    public async Task UntilReadAsync() => Assert.True(await _read.WaitAsync(TimeSpan.FromSeconds(10)), "The store was not asked.");

    public void Dispose() => _read.Dispose();

    private async Task<RedisResult> ReadAsync(string key)
    {
        Key = key;

        // What is stored when the read arrives is what it finds, however late its answer comes.
        var found = Record;
        Interlocked.Increment(ref _reads);
        _read.Release();
        return RedisResult.Create((RedisValue)await OnRead(found));
    }
}
