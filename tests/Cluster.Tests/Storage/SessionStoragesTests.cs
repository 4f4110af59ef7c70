using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Grains;
using StackExchange.Redis;

namespace OrleansSessions.Cluster.Tests.Storage;

/// <summary>For how long Redis keeps a session's record.</summary>
public sealed class SessionStoragesTests : IAsyncLifetime
{
    private static readonly GrainId Grain = GrainId.Create("session", "the-session");
    private readonly List<IAsyncDisposable> _used = [];
    private SiloServices _services = null!;
    private IDatabase _redis = null!;

    private ISessionStorages Storages => _services.Services.GetRequiredService<ISessionStorages>();

    public async Task InitializeAsync()
    {
        var store = new GarnetStore();
        _used.Add(store);
        await store.StartAsync();
        _used.Add(_services = await SiloServices.StartAsync(store.Redis));
        var redis = await ConnectionMultiplexer.ConnectAsync(store.Redis);
        _used.Add(redis);
        _redis = redis.GetDatabase();
    }

    public async Task DisposeAsync()
    {
        foreach (var each in Enumerable.Reverse(_used))
        {
            await each.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(-5, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(2.001, 4)]
    [InlineData(25, 32)]
    [InlineData(31 * 24, 1024)]
    [InlineData(10_000 * 24, 262_144)]
    [InlineData(1_000_000, 262_144)]
    public async Task F20_a_write_sets_the_time_to_live_itself_to_the_next_step(double neededHours, int keptHours)
    {
        await Storages.Keeping(TimeSpan.FromHours(neededHours)).WriteStateAsync("session", Grain, new GrainState<Note>(new Note("x")));

        var left = await _redis.KeyTimeToLiveAsync($"orleans-sessions/state/{Grain}");
        Assert.InRange(left!.Value, TimeSpan.FromHours(keptHours) - TimeSpan.FromMinutes(1), TimeSpan.FromHours(keptHours));
    }

    [Fact]
    public async Task F20_each_write_sets_its_own_and_all_steps_read_and_replace_the_same_record()
    {
        var state = new GrainState<Note>(new Note("long"));
        await Storages.Keeping(TimeSpan.FromDays(14)).WriteStateAsync("session", Grain, state);
        state.State = new Note("short");
        await Storages.Keeping(TimeSpan.FromHours(1)).WriteStateAsync("session", Grain, state);

        var left = await _redis.KeyTimeToLiveAsync($"orleans-sessions/state/{Grain}");
        Assert.InRange(left!.Value, TimeSpan.Zero, TimeSpan.FromHours(2));
        foreach (var storage in new[] { Storages.Keeping(TimeSpan.FromDays(14)), Storages.Keeping(TimeSpan.Zero), _services.Storage(StorageNames.Sessions) })
        {
            var read = new GrainState<Note>(new Note(""));
            await storage.ReadStateAsync("session", Grain, read);
            Assert.Equal(("short", state.ETag), (read.State?.Text, read.ETag));
        }
    }

    internal sealed record Note(string Text)
    {
        public Note()
            : this("")
        {
        }
    }
}
