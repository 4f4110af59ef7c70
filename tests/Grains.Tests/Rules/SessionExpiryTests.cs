using CsCheck;

namespace OrleansSessions.Grains.Tests.Rules;

public sealed class SessionExpiryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TimeSpan> Span = Gen.Long[1, TimeSpan.FromDays(60).Ticks].Select(TimeSpan.FromTicks);

    [Fact]
    public void L2_a_session_ends_exactly_at_its_idle_timeout() => Gen.Select(Span, Span).Sample((idle, seenAfter) =>
    {
        var seen = Start + seenAfter;
        var never = DateTimeOffset.MaxValue;

        Assert.Equal(RevocationReason.None, SessionExpiry.Evaluate(seen + idle - TimeSpan.FromTicks(1), seen, never, idle));
        Assert.Equal(RevocationReason.IdleTimeout, SessionExpiry.Evaluate(seen + idle, seen, never, idle));
    });

    [Fact]
    public void L3_a_session_ends_at_its_absolute_timeout_however_lately_it_was_seen() => Gen.Select(Span, Span).Sample((absolute, idle) =>
    {
        var end = Start + absolute;
        var before = end - TimeSpan.FromTicks(1);

        Assert.Equal(RevocationReason.None, SessionExpiry.Evaluate(before, before, end, idle));
        Assert.Equal(RevocationReason.AbsoluteTimeout, SessionExpiry.Evaluate(end, end, end, idle));
    });

    [Fact]
    public void A_clock_that_was_set_back_ends_nothing() => Gen.Select(Span, Span, Span).Sample((back, idle, absolute) =>
        Assert.Equal(RevocationReason.None, SessionExpiry.Evaluate(Start - back, Start, Start + absolute, idle)));

    [Fact]
    public void The_end_of_a_session_that_is_not_used_again_is_where_its_evaluation_turns() => Gen.Select(Span, Span, Span).Sample((seen, idle, absolute) =>
    {
        var end = SessionExpiry.EndsAt(Start + seen, Start + absolute, idle);

        Assert.NotEqual(RevocationReason.None, SessionExpiry.Evaluate(end, Start + seen, Start + absolute, idle));
        Assert.Equal(RevocationReason.None, SessionExpiry.Evaluate(end - TimeSpan.FromTicks(1), Start + seen, Start + absolute, idle));
    });

    [Theory]
    [InlineData(AssuranceLevel.Aal1, null, 720)]
    [InlineData(AssuranceLevel.Aal2, 60, 24)]
    [InlineData(AssuranceLevel.Aal3, 15, 12)]
    public void L1_the_presets_are_those_of_NIST_SP_800_63B_4(AssuranceLevel level, int? idleMinutes, int absoluteHours)
    {
        var timeouts = SessionTimeouts.For(level);

        Assert.Equal(idleMinutes, (int?)timeouts.Idle?.TotalMinutes);
        Assert.Equal(absoluteHours, timeouts.Absolute.TotalHours);
    }

    [Fact]
    public void L3_a_sign_in_ends_its_session_earlier_and_never_later() => Gen.Select(Span, Gen.Long[-TimeSpan.FromDays(60).Ticks, TimeSpan.FromDays(60).Ticks]).Sample((absolute, ticks) =>
    {
        var asked = Start + TimeSpan.FromTicks(ticks);

        var end = SessionExpiry.AbsoluteEnd(Start, absolute, asked);

        Assert.InRange(end, Start, Start + absolute);
        Assert.True(end == asked || asked < Start || asked > Start + absolute);
        Assert.Equal(Start + absolute, SessionExpiry.AbsoluteEnd(Start, absolute, null));
    });
}
