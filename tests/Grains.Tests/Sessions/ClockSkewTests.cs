using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Grains.Interfaces;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Two silos whose wall clocks are apart, and a session that is active at both.</summary>
public sealed class ClockSkewTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The ownership window: until its end by any clock that counts it, leases may be out.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(-60)]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(2)]
    public async Task I2_within_the_skew_or_behind_it_a_quarantine_covers_the_whole_window(double secondsAhead) =>
        Assert.True(await QuarantineAsync(secondsAhead) >= Window);

    [Fact]
    public async Task Ahead_by_more_than_the_skew_a_quarantine_is_short_by_the_excess_and_by_no_more() =>
        Assert.Equal(Window - TimeSpan.FromSeconds(3), await QuarantineAsync(secondsAhead: 5));

    /// <summary>How long a revocation waits at a silo for the leases that another silo may have granted since just now.</summary>
    private static async Task<TimeSpan> QuarantineAsync(double secondsAhead)
    {
        var store = new TestStore();
        await using var here = await TestSilos.StartAsync(store, new FakeTimeProvider(Start));
        await using var there = await TestSilos.StartAsync(store, new FakeTimeProvider(Start.AddSeconds(secondsAhead)));
        var (token, holder) = (await here.SignInAsync("ann"), here.NewHolder());
        Assert.NotEqual(TimeSpan.Zero, (await here.ValidateTwiceAsync(token, holder)).Lease);

        var result = await there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(SessionStatus.Active, result.Status);
        return result.EffectiveWithin;
    }
}
