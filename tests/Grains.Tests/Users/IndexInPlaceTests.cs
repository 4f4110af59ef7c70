using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Users;

/// <summary>A sign-in's first look at the index is a guess: it costs less, and must decide nothing.</summary>
public sealed class IndexInPlaceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private StorageInPlace _inPlace = null!;
    private TestSilos _silos = null!;

    public async Task InitializeAsync()
    {
        var store = new TestStore(_clock);
        _inPlace = new StorageInPlace(store);
        _silos = await TestSilos.StartAsync(
            store, _clock, 1, services => services.AddKeyedSingleton<IGrainStorage>(StorageNames.UserSessionsInPlace, _inPlace),
            ("OrleansSessions:Leases:Enabled", "false"), ("OrleansSessions:Sessions:MaxPerUser", "5"));
    }

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task F5_a_sign_in_by_an_outdated_index_loses_no_entry()
    {
        await FreezeAsync();
        var first = await _silos.SignInAsync("ann");
        await ForgetAsync();

        var second = await _silos.SignInAsync("ann");

        Assert.Equal(
            new[] { first.SessionId, second.SessionId }.Order(),
            (await _silos.User("ann").ListAsync()).Select(static session => session.SessionId).Order());
    }

    [Fact]
    public async Task F11_an_outdated_index_that_is_full_ends_no_session()
    {
        var stayer = await _silos.SignInAsync("ann");
        await FillAsync(4);
        var leaver = await _silos.SignInAsync("ann");
        await FreezeAsync();
        await _silos.User("ann").RevokeAsync(leaver.SessionId, RevocationReason.RevokedByUser);
        await ForgetAsync();

        await _silos.SignInAsync("ann");

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(stayer));
    }

    [Fact]
    public async Task F11_an_outdated_index_with_room_keeps_the_limit()
    {
        await FillAsync(4);
        await FreezeAsync();
        await FillAsync(5);
        await ForgetAsync();

        await _silos.SignInAsync("ann");

        Assert.Equal(5, (await _silos.User("ann").ListAsync()).Length);
    }

    [Fact]
    public async Task F2_an_outdated_stamp_refuses_nobody_and_admits_nobody()
    {
        await _silos.User("ann").SetStampAsync("old");
        await FreezeAsync();
        await _silos.User("ann").SetStampAsync("new");
        await ForgetAsync();
        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann", stamp: "new")).Status);

        await ForgetAsync();
        Assert.Equal(SignInStatus.CredentialsChanged, (await _silos.TrySignInAsync(SessionToken.Create(), "ann", stamp: "old")).Status);
    }

    [Fact]
    public async Task F4_an_index_that_cannot_be_read_is_not_taken_for_an_empty_one()
    {
        var index = _silos.User("ann").GetGrainId();
        _silos.Store.Put(index, "no JSON");

        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.TrySignInAsync(SessionToken.Create(), "ann"));

        Assert.Equal("no JSON", _silos.Store.TextOf(index));
    }

    [Fact]
    public async Task The_store_is_told_to_keep_the_index_longer_only_where_it_has_to()
    {
        await SignInAsync();
        Assert.Equal(0, _inPlace.Writes);
        await SignInAsync();
        Assert.Equal(1, _inPlace.Writes);

        // A session that lasts longer than the index is kept.
        await SignInAsync(rememberMe: true);
        Assert.Equal(1, _inPlace.Writes);
        await SignInAsync();
        Assert.Equal(2, _inPlace.Writes);

        // A quarter of the retention is over.
        _silos.Advance(TimeSpan.FromDays(8));
        await SignInAsync();
        Assert.Equal(2, _inPlace.Writes);
    }

    private async Task FillAsync(int count)
    {
        while ((await _silos.User("ann").ListAsync()).Length < count)
        {
            await SignInAsync();
        }
    }

    private async Task SignInAsync(bool rememberMe = false)
    {
        _silos.Advance(TimeSpan.FromSeconds(1));
        await _silos.SignInAsync("ann", rememberMe);
    }

    private Task FreezeAsync() => _inPlace.FreezeAsync(_silos.User("ann").GetGrainId());

    private Task ForgetAsync() => _silos.DeactivateAsync(_silos.User("ann"));

    /// <summary>Reads what was stored at some time.</summary>
    private sealed class StorageInPlace(TestStore store) : IGrainStorage
    {
        private readonly GrainState<UserSessionsRecord> _frozen = new();
        private bool _isFrozen;

        public int Writes { get; private set; }

        public async Task FreezeAsync(GrainId index)
        {
            await store.ReadStateAsync("x", index, _frozen);
            _isFrozen = true;
        }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (!_isFrozen)
            {
                return store.ReadStateAsync(stateName, grainId, grainState);
            }

            (grainState.State, grainState.ETag, grainState.RecordExists) = ((T)(object)_frozen.State!, _frozen.ETag, _frozen.RecordExists);
            return Task.CompletedTask;
        }

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            await store.WriteStateAsync(stateName, grainId, grainState);
            Writes++;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            store.ClearStateAsync(stateName, grainId, grainState);
    }
}
