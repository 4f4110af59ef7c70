using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Users;

/// <summary>What the index asks, writes and lets go.</summary>
public sealed class IndexTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"), ("OrleansSessions:Sessions:MaxPerUser", "5"));

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task F5_a_silo_whose_clock_is_a_day_ahead_drops_no_live_session_from_the_index()
    {
        var store = new TestStore(new FakeTimeProvider(Start));
        await using var here = await TestSilos.StartAsync(store, new FakeTimeProvider(Start), settings: ("OrleansSessions:Leases:Enabled", "false"));
        await using var there = await TestSilos.StartAsync(store, new FakeTimeProvider(Start.AddHours(25)), settings: ("OrleansSessions:Leases:Enabled", "false"));
        var token = await here.SignInAsync("ann");
        await there.SignInAsync("ann");

        await here.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.PasswordChanged));

        Assert.Equal(SessionStatus.Revoked, await here.StatusAsync(token));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task F6_ending_all_sessions_writes_the_index_twice_at_the_most(int count)
    {
        await using var silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"));
        for (var i = 0; i < count; i++)
        {
            await silos.SignInAsync("ann");
        }

        var index = silos.User("ann").GetGrainId();
        var before = silos.Store.WritesOf(index);

        Assert.Equal(count, await silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.PasswordChanged, SecurityStamp: "new")));

        Assert.InRange(silos.Store.WritesOf(index) - before, 1, 2);
    }

    [Fact]
    public async Task F6_a_sign_in_at_the_limit_asks_only_the_sessions_that_may_be_over()
    {
        var tokens = new List<SessionToken>();
        for (var i = 0; i < 12; i++)
        {
            tokens.Add(await _silos.SignInAndUseAsync("ann"));
            _silos.Advance(TimeSpan.FromSeconds(1));
        }

        var before = tokens.Sum(ReadsOf);
        await _silos.SignInAsync("ann");

        // The one that came since the last sign-in, the one that makes room, and no other.
        Assert.InRange(tokens.Sum(ReadsOf) - before, 0, 2);
    }

    [Fact]
    public async Task F6_a_list_that_waits_for_a_session_keeps_no_sign_in_waiting()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await _silos.User("ann").ListAsync();
        _silos.Store.HoldReads();
        var list = _silos.User("ann").ListAsync();
        await _silos.Store.FirstHeldRead;
        _silos.Store.ReleaseReads();

        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann")).Status);
        Assert.Contains(token.SessionId, (await list).Select(each => each.SessionId));
    }

    [Fact]
    public async Task F6_the_number_of_changes_is_another_one_after_each_change_and_costs_no_read_of_a_session()
    {
        var token = await _silos.SignInAsync("ann");
        var first = await _silos.User("ann").ChangesAsync();
        var reads = ReadsOf(token);
        Assert.Equal(first, await _silos.User("ann").ChangesAsync());

        await _silos.SignInAsync("ann");
        var second = await _silos.User("ann").ChangesAsync();
        await _silos.User("ann").RevokeAsync(token.SessionId, RevocationReason.RevokedByUser);
        var third = await _silos.User("ann").ChangesAsync();

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
        Assert.InRange(ReadsOf(token) - reads, 0, 1);
    }

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.AnswerLost)]
    public async Task F9_an_index_whose_write_failed_admits_the_next_sign_in_at_once(StoreFault fault)
    {
        var index = _silos.User("ann");
        await _silos.SignInAsync("ann");
        _silos.Store.FailNextWrite(index.GetGrainId(), fault);
        var failed = SessionToken.Create();
        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.TrySignInAsync(failed, "ann"));

        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann")).Status);
        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(failed, "ann")).Status);
        Assert.Equal(3, (await index.ListAsync()).Length);
    }

    [Fact]
    public async Task F9_ending_all_sessions_waits_for_leases_and_keeps_no_sign_in_waiting_after_a_failed_write()
    {
        await using var silos = await TestSilos.StartAsync();
        var (token, holder) = (await silos.SignInAsync("ann"), silos.NewHolder());
        await silos.ValidateTwiceAsync(token, holder);
        holder.Hold();
        var ending = silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser));
        await holder.FirstDrop;
        silos.Store.FailNextWrite(silos.User("ann").GetGrainId(), StoreFault.Refused);
        await Assert.ThrowsAnyAsync<OrleansException>(() => silos.TrySignInAsync(SessionToken.Create(), "ann"));

        Assert.Equal(SignInStatus.SignedIn, (await silos.TrySignInAsync(SessionToken.Create(), "ann")).Status);
        Assert.False(ending.IsCompleted);
        holder.Release();
        Assert.Equal(1, await ending);
    }

    [Fact]
    public async Task F2_the_end_of_one_session_that_fails_stops_no_other_and_is_reported()
    {
        var tokens = new[] { await _silos.SignInAsync("ann"), await _silos.SignInAsync("ann") };
        _silos.Store.FailNextWrite(_silos.Session(tokens[0].SessionId).GetGrainId(), StoreFault.Refused);

        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser)));

        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(tokens[1]));
        Assert.Equal(1, await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser)));
    }

    private int ReadsOf(SessionToken token) => _silos.Store.ReadsOf(_silos.Session(token.SessionId).GetGrainId());
}
