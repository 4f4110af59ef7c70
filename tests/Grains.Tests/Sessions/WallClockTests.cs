using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Two silos and a store whose clocks are apart, or run apart, and a session that is active at both silos.</summary>
public sealed class WallClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(-3_000)]
    [InlineData(-5)]
    [InlineData(3_000)]
    public async Task I2_silos_wall_clocks_say_nothing_about_how_long_a_revocation_waits(double secondsAhead)
    {
        var store = new TestStore(new FakeTimeProvider(Start));
        await using var here = await TestSilos.StartAsync(store, new FakeTimeProvider(Start));
        await using var there = await TestSilos.StartAsync(store, new FakeTimeProvider(Start.AddSeconds(secondsAhead)));
        var token = await SignInWithLeaseAsync(here);

        var result = await there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal((SessionStatus.Active, TimeSpan.FromSeconds(32)), (result.Status, result.EffectiveWithin));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(5, 3)]
    public async Task I2_a_store_that_gains_more_than_the_tolerance_shortens_a_quarantine_by_the_excess_and_no_more(double gain, double missing)
    {
        var passed = TimeSpan.FromSeconds(20);
        var (clock, storeClock) = (new FakeTimeProvider(Start), new FakeTimeProvider(Start));
        var store = new TestStore(storeClock);
        await using var here = await TestSilos.StartAsync(store, clock);
        await using var there = await TestSilos.StartAsync(store, clock);
        var token = await SignInWithLeaseAsync(here);
        clock.Advance(passed);
        storeClock.Advance(passed + TimeSpan.FromSeconds(gain));

        var result = await there.RevokeAsync(token, wait: RevocationWait.Durable);

        var uncovered = Window - passed - result.EffectiveWithin;
        Assert.Equal(TimeSpan.FromSeconds(missing), uncovered > TimeSpan.Zero ? uncovered : TimeSpan.Zero);
    }

    [Fact]
    public async Task A_store_whose_clock_is_set_back_by_an_hour_delays_a_revocation_by_no_more_than_the_longest_window()
    {
        var storeClock = new AdjustableClock();
        var store = new TestStore(storeClock);
        await using var here = await TestSilos.StartAsync(store, new FakeTimeProvider(Start));
        await using var there = await TestSilos.StartAsync(store, new FakeTimeProvider(Start));
        var token = await SignInWithLeaseAsync(here);
        storeClock.Now = Start.AddHours(-1);

        var result = await there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(55), result.EffectiveWithin);
    }

    [Fact]
    public async Task F16_a_silo_whose_clock_is_ahead_takes_no_request_with_the_old_cookie_for_theft()
    {
        var store = new TestStore(new FakeTimeProvider(Start));
        var storeClock = new FakeTimeProvider(Start);
        await using var here = await StartAsync(store, Start, storeClock);
        await using var there = await StartAsync(store, Start.AddMinutes(15), storeClock);
        var token = await here.SignInAndUseAsync("ann");
        var next = token.Rotate();
        await here.Session(token.SessionId).RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash });

        Assert.Equal(SessionStatus.NotFound, await there.StatusAsync(token));

        Assert.Equal(SessionStatus.Active, await there.StatusAsync(next));
    }

    private static Task<TestSilos> StartAsync(TestStore store, DateTimeOffset wallClock, TimeProvider storeClock) => TestSilos.StartAsync(
        store, new FakeTimeProvider(wallClock), 1, services => services.AddKeyedSingleton(StorageNames.Clock, storeClock));

    private static async Task<SessionToken> SignInWithLeaseAsync(TestSilos silos)
    {
        var (token, holder) = (await silos.SignInAsync("ann"), silos.NewHolder());
        Assert.NotEqual(TimeSpan.Zero, (await silos.ValidateTwiceAsync(token, holder)).Lease);
        return token;
    }

    /// <summary>A fake clock cannot be set back.</summary>
    private sealed class AdjustableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
