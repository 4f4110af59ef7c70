using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Redis;
using OrleansSessions.Server;

namespace OrleansSessions.Cluster.Tests;

/// <summary>Ownership windows in a real store: whose they are, and for how long.</summary>
public sealed class OwnershipWindowsTests : IAsyncLifetime
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(32);
    private static readonly TimeSpan Longer = TimeSpan.FromSeconds(50);
    private static readonly GrainId Session = GrainId.Create(GrainTypes.Session, "the-session");
    private readonly List<IAsyncDisposable> _used = [];
    private RedisOwnershipWindows _windows = null!;

    public static TheoryData<string> Stores { get; } = Programs.SkipWithout(["redis-server"]) is null ? ["redis-server", "Garnet"] : ["Garnet"];

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
    public async Task A_window_is_taken_from_its_owner_who_is_told_for_how_long_the_other_may_go_on(string store)
    {
        await StartAsync(store);

        Assert.Equal(TimeSpan.Zero, await ClaimAsync("A"));
        AssertNearly(Window, await ClaimAsync("B"));
        AssertNearly(Window, await ClaimAsync("A"));
        Assert.Equal(TimeSpan.Zero, await ClaimAsync("A"));
        Assert.Equal(TimeSpan.Zero, await ClaimAsync("A", isRenewal: true));
        AssertNearly(Window, await ClaimAsync("B", isRenewal: true));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_renewal_of_a_window_that_has_passed_is_a_claim(string store)
    {
        await StartAsync(store);

        Assert.Equal(TimeSpan.Zero, await ClaimAsync("A", isRenewal: true));

        AssertNearly(Window, await _windows.RestOfOthersAsync(Session, "B"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task I2_no_claim_makes_a_window_shorter(string store)
    {
        await StartAsync(store);
        await _windows.ClaimAsync(Session, "A", Longer, isRenewal: false);

        AssertNearly(Longer, await ClaimAsync("B"));
        Assert.Equal(TimeSpan.Zero, await ClaimAsync("B", isRenewal: true));

        AssertNearly(Longer, await _windows.RestOfOthersAsync(Session, "C"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_look_sees_others_windows_and_not_ones_own(string store)
    {
        await StartAsync(store);
        Assert.Equal(TimeSpan.Zero, await _windows.RestOfOthersAsync(Session, null));

        await ClaimAsync("A");

        Assert.Equal(TimeSpan.Zero, await _windows.RestOfOthersAsync(Session, "A"));
        AssertNearly(Window, await _windows.RestOfOthersAsync(Session, "B"));
        AssertNearly(Window, await _windows.RestOfOthersAsync(Session, null));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_window_is_shortened_or_ended_by_its_owner_alone(string store)
    {
        await StartAsync(store);
        await ClaimAsync("A");

        await _windows.ShortenAsync(Session, "B", TimeSpan.Zero);
        AssertNearly(Window, await _windows.RestOfOthersAsync(Session, "B"));

        await _windows.ShortenAsync(Session, "A", TimeSpan.FromSeconds(7));
        AssertNearly(TimeSpan.FromSeconds(7), await _windows.RestOfOthersAsync(Session, "B"));

        await _windows.ShortenAsync(Session, "A", TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, await _windows.RestOfOthersAsync(Session, "B"));
        Assert.Equal(TimeSpan.Zero, await ClaimAsync("B"));
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_store_that_is_full_gives_no_window()
    {
        var redis = (RedisServer)await StartAsync("redis-server");
        await redis.QueryAsync(static database => database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1"));

        Assert.Null(await ClaimAsync("A"));
        Assert.Null(await ClaimAsync("A", isRenewal: true));
    }

    [RequiresProgramFact("redis-server")]
    public async Task A_store_that_is_gone_is_a_failure_that_front_ends_know()
    {
        var redis = (RedisServer)await StartAsync("redis-server");
        await ClaimAsync("A");
        await redis.Process.KillAsync();

        await Assert.ThrowsAsync<OrleansException>(() => ClaimAsync("A"));
        await Assert.ThrowsAsync<OrleansException>(() => _windows.RestOfOthersAsync(Session, "A"));
        await _windows.ShortenAsync(Session, "A", TimeSpan.Zero);
    }

    private Task<TimeSpan?> ClaimAsync(string owner, bool isRenewal = false) => _windows.ClaimAsync(Session, owner, Window, isRenewal);

    private async Task<ITestStore> StartAsync(string name)
    {
        ITestStore store = name == "Garnet" ? new GarnetStore() : new RedisServer();
        _used.Add(store);
        await store.StartAsync();
        var cluster = Options.Create(new ClusterSettings { Redis = store.Redis });
        var connections = new RedisConnections(cluster);
        _used.Add(connections);
        _windows = new RedisOwnershipWindows(
            connections, new StrictReads(connections), new ReplicaWait(connections, Options.Create(new SiloSettings())), cluster, NullLogger<RedisOwnershipWindows>.Instance);
        return store;
    }

    /// <summary>The time as set, less what has passed since.</summary>
    private static void AssertNearly(TimeSpan expected, TimeSpan? actual) =>
        Assert.InRange(actual ?? TimeSpan.Zero, expected - TimeSpan.FromSeconds(6), expected);
}
