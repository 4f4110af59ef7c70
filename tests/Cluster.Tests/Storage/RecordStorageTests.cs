using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Grains;
using StackExchange.Redis;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>Records in a real store: who answers for them, and what is made of damaged ones.</summary>
public sealed class RecordStorageTests : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("session", "the-session");
    private static readonly RedisKey Key = $"orleans-sessions/state/{Grain}";
    private static readonly string[] AllNames = [StorageNames.Sessions, StorageNames.UserSessions, StorageNames.Lasting];
    private static readonly string[] DamagedTexts = ["null", "", "[]", "7", "\"text\"", "{", "{\"text\":7}", "\u0001"];
    private readonly List<IAsyncDisposable> _used = [];

    public static TheoryData<string> Stores { get; } = Programs.SkipWithout(["redis-server"]) is null ? ["redis-server", "Garnet"] : ["Garnet"];

    public static TheoryData<string> Names { get; } = [.. AllNames];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var each in Enumerable.Reverse(_used))
        {
            await each.DisposeAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_written_is_read_and_replaced_and_cleared(string store)
    {
        var storage = (await OpenAsync(await StartAsync(store))).Storage(StorageNames.UserSessions);
        var state = new GrainState<Note>(new Note { Text = "first" });
        await storage.WriteStateAsync("x", Grain, state);

        var read = await ReadAsync(storage);
        Assert.Equal(("first", state.ETag, true), (read.State!.Text, read.ETag, read.RecordExists));

        read.State = new Note { Text = "second" };
        await storage.WriteStateAsync("x", Grain, read);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("x", Grain, state));

        await storage.ClearStateAsync("x", Grain, read);
        await storage.ReadStateAsync("x", Grain, read);
        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
        Assert.Equal("", read.State!.Text);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task F13_a_damaged_record_is_neither_absent_nor_a_failure_and_can_be_replaced(string store)
    {
        var server = await StartAsync(store);
        var services = await OpenAsync(server);
        HashEntry[][] damages =
        [
            [new("data", "{}")],
            [new("etag", "1")],
            [new("etag", ""), new("data", "no JSON")],
            .. DamagedTexts.Select(data => new HashEntry[] { new("etag", "1"), new("data", data) }),
        ];
        foreach (var damage in damages)
        {
            await PutAsync(server, damage);
            foreach (var name in AllNames)
            {
                var storage = services.Storage(name);
                var state = new GrainState<Note>(new Note());
                services.Log.Clear();
                var failure = await Assert.ThrowsAsync<UnreadableRecordException>(() => storage.ReadStateAsync("x", Grain, state));
                Assert.True(state.RecordExists);
                Assert.Null(failure.InnerException);
                Assert.Contains(Grain.ToString(), failure.Message, StringComparison.Ordinal);
                Assert.Single(services.Log.All);

                await storage.WriteStateAsync("x", Grain, state);
                Assert.True((await ReadAsync(storage)).RecordExists);

                await PutAsync(server, damage);
                await Assert.ThrowsAsync<UnreadableRecordException>(() => storage.ReadStateAsync("x", Grain, state));
                await storage.ClearStateAsync("x", Grain, state);
                Assert.False((await ReadAsync(storage)).RecordExists);
                await PutAsync(server, damage);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task F13_a_field_of_another_release_does_no_harm(string store)
    {
        var server = await StartAsync(store);
        await PutAsync(server, [new("etag", "1"), new("data", """{"text":"here"}"""), new("more", "x")]);

        var read = await ReadAsync((await OpenAsync(server)).Storage(StorageNames.Sessions));

        Assert.Equal(("here", true), (read.State!.Text, read.RecordExists));
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_change_in_place_is_read_and_written_with_four_commands_and_prolongs_no_record()
    {
        var primary = (RedisServer)await StartAsync("redis-server");
        var services = await OpenAsync(primary);
        await services.Storage(StorageNames.UserSessions).WriteStateAsync("x", Grain, new GrainState<Note>(new Note()));
        await CommandAsync(primary, "EXPIRE", Key.ToString(), "1000");
        var inPlace = services.Storage(StorageNames.UserSessionsInPlace);
        await inPlace.WriteStateAsync("x", Grain, await ReadAsync(inPlace));
        await CommandAsync(primary, "CONFIG", "RESETSTAT");

        await inPlace.WriteStateAsync("x", Grain, await ReadAsync(inPlace));

        var commands = await primary.QueryAsync(static async redis => (string)(await redis.ExecuteAsync("INFO", "commandstats"))!);
        Assert.Equal(
            ["evalsha: 1", "hget: 1", "hmget: 1", "hmset: 1"],
            Regex.Matches(commands, @"cmdstat_(eval\w*|h\w+|\w*expire\w*):calls=(\d+)").Select(static match => $"{match.Groups[1]}: {match.Groups[2]}").Order());
        Assert.InRange((await primary.QueryAsync(static redis => redis.KeyTimeToLiveAsync(Key)))!.Value, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(1000));
    }

    // It cannot be replaced by compare-and-set, so it is not said to be damaged.
    [Theory]
    [MemberData(nameof(Stores))]
    public async Task F13_a_key_of_another_kind_is_a_failure(string store)
    {
        var server = await StartAsync(store);
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(server.Redis))
        {
            await redis.GetDatabase().StringSetAsync(Key, "text");
        }

        var storage = (await OpenAsync(server)).Storage(StorageNames.Sessions);

        await AssertFailsAsync(storage);
        await Assert.ThrowsAsync<OrleansException>(() => storage.WriteStateAsync("x", Grain, new GrainState<Note>(new Note())));
    }

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Names))]
    public async Task F1_a_replica_answers_for_no_record(string name)
    {
        var (primary, services) = await StartWithARecordAsync();
        await using var other = new RedisServer();
        await other.StartAsync();

        await CommandAsync(primary, "REPLICAOF", "127.0.0.1", $"{other.Port}");

        await AssertFailsAsync(services.Storage(name));
    }

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Names))]
    public async Task F1_while_the_primary_is_gone_a_connected_replica_answers_for_no_record(string name)
    {
        var primary = (RedisServer)await StartAsync("redis-server");
        var replica = new RedisServer("--replicaof", "127.0.0.1", $"{primary.Port}");
        _used.Add(replica);
        await replica.StartAsync();
        var services = await OpenAsync(primary, $"{primary.Redis},{replica.Redis}");
        await services.Storage(name).WriteStateAsync("x", Grain, new GrainState<Note>(new Note()));
        Assert.True((await ReadAsync(services.Storage(name))).RecordExists);

        await primary.Process.KillAsync();

        await AssertFailsAsync(services.Storage(name));
    }

    [RequiresProgramFact("redis-server")]
    public async Task F17_a_primary_that_has_lost_its_replicas_answers_for_no_record()
    {
        var (primary, services) = await StartWithARecordAsync();

        await CommandAsync(primary, "CONFIG", "SET", "min-replicas-to-write", "1");

        await AssertFailsAsync(services.Storage(StorageNames.Sessions));
    }

    [RequiresProgramFact("redis-server")]
    public async Task F1_a_store_that_is_full_answers()
    {
        var (primary, services) = await StartWithARecordAsync();

        await CommandAsync(primary, "CONFIG", "SET", "maxmemory", "1");

        Assert.True((await ReadAsync(services.Storage(StorageNames.Sessions))).RecordExists);
    }

    [RequiresProgramFact("redis-server")]
    public async Task F1_a_refusal_is_not_taken_for_a_store_that_cannot_read_strictly()
    {
        var (primary, services) = await StartWithARecordAsync();
        var storage = services.Storage(StorageNames.Sessions);
        await CommandAsync(primary, "CONFIG", "SET", "min-replicas-to-write", "1");
        await AssertFailsAsync(storage);
        await AssertFailsAsync(storage);
        await CommandAsync(primary, "CONFIG", "SET", "min-replicas-to-write", "0");
        await CommandAsync(primary, "SCRIPT", "FLUSH");

        Assert.True((await ReadAsync(storage)).RecordExists);
    }

    [RequiresProgramFact("redis-server")]
    public async Task C27_a_failure_is_logged_once()
    {
        var (primary, services) = await StartWithARecordAsync();
        var state = await ReadAsync(services.Storage(StorageNames.Sessions));
        await CommandAsync(primary, "REPLICAOF", "127.0.0.1", "1");
        foreach (var name in AllNames)
        {
            var storage = services.Storage(name);
            foreach (var operation in new Func<Task>[]
            {
                () => storage.ReadStateAsync("x", Grain, state),
                () => storage.WriteStateAsync("x", Grain, state),
                () => storage.ClearStateAsync("x", Grain, state),
            })
            {
                services.Log.Clear();
                Assert.Null((await Assert.ThrowsAsync<OrleansException>(operation)).InnerException);
                var entry = Assert.Single(services.Log.All);
                Assert.Equal((LogLevel.Warning, "StoreFailed"), (entry.Level, entry.Event.Name));
                Assert.NotNull(entry.Exception);
            }
        }
    }

    private async Task<(RedisServer Primary, SiloServices Services)> StartWithARecordAsync()
    {
        var primary = (RedisServer)await StartAsync("redis-server");
        var services = await OpenAsync(primary);
        var storage = services.Storage(StorageNames.Sessions);
        await storage.WriteStateAsync("x", Grain, new GrainState<Note>(new Note()));
        Assert.True((await ReadAsync(storage)).RecordExists);
        return (primary, services);
    }

    private async Task<ITestStore> StartAsync(string name)
    {
        ITestStore store = name == "Garnet" ? new GarnetStore() : new RedisServer();
        _used.Add(store);
        await store.StartAsync();
        return store;
    }

    private async Task<SiloServices> OpenAsync(ITestStore store, string? redis = null)
    {
        var services = await SiloServices.StartAsync(redis ?? store.Redis);
        _used.Add(services);
        return services;
    }

    private static Task<RedisResult> CommandAsync(RedisServer server, string command, params object[] arguments) =>
        server.QueryAsync(async redis => await redis.ExecuteAsync(command, arguments));

    private static async Task PutAsync(ITestStore store, HashEntry[] fields)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(store.Redis);
        await redis.GetDatabase().KeyDeleteAsync(Key);
        await redis.GetDatabase().HashSetAsync(Key, fields);
    }

    private static async Task<GrainState<Note>> ReadAsync(IGrainStorage storage)
    {
        var state = new GrainState<Note>(new Note());
        await storage.ReadStateAsync("x", Grain, state);
        return state;
    }

    private static async Task AssertFailsAsync(IGrainStorage storage)
    {
        var failure = await Assert.ThrowsAsync<OrleansException>(() => ReadAsync(storage));
        Assert.Null(failure.InnerException);
    }

    internal sealed record Note
    {
        [JsonPropertyName("text")] public string Text { get; init; } = "";
    }
}
