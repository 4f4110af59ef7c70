using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Grains.Interfaces;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Two silos and a store whose wall clocks are apart, and a session that is active at both silos.</summary>
public sealed class WallClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-3_000, 60)]
    [InlineData(-60, 0)]
    [InlineData(5, -60)]
    [InlineData(3_000, 3_000)]
    public async Task I2_wall_clocks_say_nothing_about_how_long_a_revocation_waits_for_another_silos_leases(double silo, double store)
    {
        var windows = new TestStore(new FakeTimeProvider(Start.AddSeconds(store)));
        await using var here = await TestSilos.StartAsync(windows, new FakeTimeProvider(Start));
        await using var there = await TestSilos.StartAsync(windows, new FakeTimeProvider(Start.AddSeconds(silo)));
        var (token, holder) = (await here.SignInAsync("ann"), here.NewHolder());
        Assert.NotEqual(TimeSpan.Zero, (await here.ValidateTwiceAsync(token, holder)).Lease);

        var result = await there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal((SessionStatus.Active, TimeSpan.FromSeconds(32)), (result.Status, result.EffectiveWithin));
    }
}
