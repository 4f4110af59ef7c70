using CsCheck;
using OrleansSessions.Accounts;

namespace OrleansSessions.Grains.Tests.Rules;

public sealed class AttemptCounterTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AccountOptions Options = new();

    [Fact]
    public void G1_attempts_without_a_pause_are_allowed_up_to_the_limit_and_no_further()
    {
        var counter = AttemptCounter.None;
        var allowed = 0;
        for (; allowed < 1_000 && counter.IsAllowed(Start); allowed++)
        {
            counter = counter.CountOne(Start, Options);
        }

        Assert.Equal(Options.FreeAttempts, allowed);
    }

    [Fact]
    public void G1_whatever_the_pace_the_allowed_attempts_of_a_day_are_bounded() => Gen.Int[1, 600].Array[2_000].Sample(pauses =>
    {
        var (counter, now, allowed) = (AttemptCounter.None, Start, 0);
        foreach (var pause in pauses)
        {
            now += TimeSpan.FromSeconds(pause);
            if (counter.IsAllowed(now) && now < Start + TimeSpan.FromDays(1))
            {
                allowed++;
                counter = counter.CountOne(now, Options);
            }
        }

        Assert.InRange(allowed, 1, 110);
    }, iter: 100);

    [Fact]
    public void G3_the_wait_ends_by_itself()
    {
        var counter = AttemptCounter.None;
        for (var i = 0; i < 100; i++)
        {
            counter = counter.CountOne(Start, Options);
        }

        Assert.False(counter.IsAllowed(Start));
        Assert.True(counter.IsAllowed(Start + Options.LongestWait));
    }

    [Fact]
    public void The_count_starts_anew_after_a_day_without_attempts()
    {
        var counter = AttemptCounter.None;
        for (var i = 0; i < 10; i++)
        {
            counter = counter.CountOne(Start, Options);
        }

        var later = Start + Options.LongestWait + Options.ForgetAttemptsAfter + TimeSpan.FromDays(1);
        Assert.Equal(1, counter.CountOne(later, Options).Count);
    }
}
