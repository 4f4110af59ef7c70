using System.Net;
using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Accounts;

namespace OrleansSessions.WebFrontend.Tests;

public sealed class SourceThrottleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void G1_a_source_has_so_many_places_and_then_waits_for_the_end_of_its_window()
    {
        var throttle = new SourceThrottle(2, Window, _time);

        Assert.Null(throttle.Reserve("a").RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(throttle.Reserve("a").RetryAfter);
        Assert.Equal(TimeSpan.FromMinutes(4), throttle.Reserve("a").RetryAfter);
        Assert.Null(throttle.Reserve("b").RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(throttle.Reserve("a").RetryAfter);
    }

    [Fact]
    public void G1_a_clock_that_is_set_back_locks_nobody_out_for_longer()
    {
        var clock = new WallClock();
        var throttle = new SourceThrottle(1, Window, clock);
        throttle.Reserve("a");

        clock.SetBackBy = TimeSpan.FromHours(1);
        Assert.Equal(Window, throttle.Reserve("a").RetryAfter);
        clock.Advance(Window);

        Assert.Null(throttle.Reserve("a").RetryAfter);
    }

    [Fact]
    public void G1_a_place_that_is_given_back_costs_nothing()
    {
        var throttle = new SourceThrottle(1, Window, _time);

        for (var i = 0; i < 100; i++)
        {
            var place = throttle.Reserve("a");
            Assert.Null(place.RetryAfter);
            place.GiveBack();
        }
    }

    [Fact]
    public void G2_the_limit_is_exact_when_all_come_at_once()
    {
        var throttle = new SourceThrottle(10, Window, _time);
        var admitted = 0;

        Parallel.For(0, 1000, _ =>
        {
            if (throttle.Reserve("a").RetryAfter is null)
            {
                Interlocked.Increment(ref admitted);
            }
        });

        Assert.Equal(10, admitted);
    }

    [Fact]
    public void Of_too_many_sources_the_first_is_forgotten()
    {
        var throttle = new SourceThrottle(1, Window, _time, maxSources: 3);
        foreach (var source in new[] { "a", "b", "c", "c", "d" })
        {
            throttle.Reserve(source);
        }

        Assert.NotNull(throttle.Reserve("b").RetryAfter);
        Assert.NotNull(throttle.Reserve("d").RetryAfter);
        Assert.Null(throttle.Reserve("a").RetryAfter);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void An_IPv6_source_is_its_64(string address, string source) => Assert.Equal(source, SignInSource.Of(IPAddress.Parse(address)));

    /// <summary>A wall clock that can be set, beside a monotonic one that cannot.</summary>
    private sealed class WallClock : FakeTimeProvider
    {
        public TimeSpan SetBackBy { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBackBy;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
