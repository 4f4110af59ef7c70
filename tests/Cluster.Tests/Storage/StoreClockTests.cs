using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Grains;
using OrleansSessions.Redis;
using OrleansSessions.Server;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>One wall clock for all silos.</summary>
public sealed class StoreClockTests
{
    private static readonly DateTimeOffset StoreTime = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _local = new();

    [Fact]
    public void F16_until_the_store_has_been_asked_the_clock_is_the_machines()
    {
        var clock = new StoreClock(_local);

        Assert.Equal(_local.GetUtcNow(), clock.GetUtcNow());
    }

    [Fact]
    public void F16_it_goes_on_from_the_stores_time_by_the_machines_monotonic_clock()
    {
        var clock = new StoreClock(_local);
        clock.Observe(StoreTime, clock.GetTimestamp());
        Assert.Equal(StoreTime, clock.GetUtcNow());

        _local.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(StoreTime + TimeSpan.FromSeconds(5), clock.GetUtcNow());
        Assert.Equal(_local.GetTimestamp(), clock.GetTimestamp());

        clock.Observe(StoreTime - TimeSpan.FromHours(1), clock.GetTimestamp());
        Assert.Equal(StoreTime - TimeSpan.FromHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void F16_a_step_of_the_machines_wall_clock_changes_nothing()
    {
        var machine = new Machine();
        var clock = new StoreClock(machine);
        clock.Observe(StoreTime, clock.GetTimestamp());

        machine.Wall += TimeSpan.FromHours(25);
        machine.Monotonic += TimeSpan.FromSeconds(1);

        Assert.Equal(StoreTime + TimeSpan.FromSeconds(1), clock.GetUtcNow());
    }

    [Fact]
    public void F16_what_a_slow_answer_says_was_so_halfway()
    {
        var clock = new StoreClock(_local);
        var sentAt = clock.GetTimestamp();
        _local.Advance(TimeSpan.FromSeconds(2));

        clock.Observe(StoreTime, sentAt);

        Assert.Equal(StoreTime + TimeSpan.FromSeconds(1), clock.GetUtcNow());
    }

    [Fact]
    public Task F16_on_Garnet_the_clock_is_the_stores() => IsTheStoresAsync(new GarnetStore());

    [RequiresProgramFact("redis-server")]
    public Task F16_on_Redis_the_clock_is_the_stores() => IsTheStoresAsync(new RedisServer());

    [RequiresProgramFact("redis-server")]
    public async Task F16_where_the_user_may_not_ask_for_the_time_the_clock_is_the_machines_and_the_store_is_known_again()
    {
        await using var store = new RedisServer();
        await store.StartAsync();
        await store.QueryAsync(static redis => redis.ExecuteAsync("ACL", "SETUSER", "silo", "on", ">secret", "~*", "&*", "+@all", "-time"));

        await using var services = await StartAsync(store, ",user=silo,password=secret");

        Assert.Equal(_local.GetUtcNow(), services.GetRequiredKeyedService<TimeProvider>(StorageNames.Clock).GetUtcNow());
        Assert.True(await services.GetRequiredService<StoreIdentity>().IsSameAsync());
    }

    private async Task IsTheStoresAsync(ITestStore store)
    {
        await using var running = store;
        await store.StartAsync();

        await using var services = await StartAsync(store);

        var clock = services.GetRequiredKeyedService<TimeProvider>(StorageNames.Clock);
        Assert.InRange(clock.GetUtcNow(), DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1), DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1));
        Assert.NotInRange(_local.GetUtcNow(), DateTimeOffset.UtcNow - TimeSpan.FromDays(1), DateTimeOffset.UtcNow);
    }

    /// <summary>A silo's services, by a machine's clock that is decades off, after the look at the store before the start.</summary>
    private async Task<ServiceProvider> StartAsync(ITestStore store, string options = "")
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(_local);
        collection.AddOptions<ClusterSettings>().Configure(cluster => cluster.Redis = store.Redis + options);
        collection.AddRedis();
        var services = collection.BuildServiceProvider();
        await services.GetRequiredService<StoreIdentity>().ClaimAsync(await services.GetRequiredService<RedisConnections>().ForStorageAsync());
        return services;
    }

    /// <summary>A machine whose wall clock can be set.</summary>
    private sealed class Machine : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = StoreTime;

        public TimeSpan Monotonic { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Monotonic.Ticks;
    }
}
