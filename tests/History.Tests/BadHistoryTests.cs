using static OrleansSessions.History.Outcome;
using static OrleansSessions.History.Tests.Script;

namespace OrleansSessions.History.Tests;

/// <summary>Histories that break one promise each: a checker that cannot fail shows nothing.</summary>
public sealed class BadHistoryTests
{
    private static readonly Credential Second = Alice with { SessionId = "a2", Secret = "a2/0" };
    private static readonly Credential Rotated = Alice with { Secret = "a1/1" };

    [Fact]
    public void I1_an_acknowledged_login_is_denied() => new Script()
        .SignIn(0, 1, Alice).Validate(2, 3, Alice, Denied).Breaks(Invariant.NoLoginIsLost);

    [Fact]
    public void I1_a_login_is_denied_before_its_revocation_starts() => new Script()
        .SignIn(0, 1, Alice).Validate(2, 3, Alice, Denied).Revoke(4, 5, Alice).Breaks(Invariant.NoLoginIsLost);

    [Fact]
    public void I1_the_exception_of_a_revocation_of_all_is_denied() => new Script()
        .SignIn(0, 1, Alice).RevokeAll(2, 3, "alice", except: "a1").Validate(4, 5, Alice, Denied).Breaks(Invariant.NoLoginIsLost);

    [Fact]
    public void I1_a_denied_revocation_excuses_nothing() => new Script()
        .SignIn(0, 1, Alice).Revoke(2, 3, Alice, Denied).Validate(4, 5, Alice, Denied).Breaks(Invariant.NoLoginIsLost);

    [Fact]
    public void I1_a_login_is_denied_long_before_it_expires() => new Script()
        .SignIn(0, 1, Alice).Validate(30, 31, Alice, Denied)
        .Breaks(Invariant.NoLoginIsLost, new() { IdleTimeout = TimeSpan.FromMinutes(1), AbsoluteTimeout = TimeSpan.FromMinutes(5) });

    [Fact]
    public void I1_a_live_secret_cannot_be_rotated() => new Script()
        .SignIn(0, 1, Alice).Rotate(2, 3, Alice, "a1/1", Denied).Breaks(Invariant.NoLoginIsLost);

    [Fact]
    public void I2_a_validation_is_accepted_after_the_revocation() => new Script()
        .SignIn(0, 1, Alice).Revoke(2, 3, Alice).Validate(4, 5, Alice, Ok).Breaks(Invariant.RevocationIsFinal);

    [Fact]
    public void I2_a_rotation_does_not_escape_the_revocation() => new Script()
        .SignIn(0, 1, Alice).Rotate(2, 3, Alice, "a1/1").Revoke(4, 5, Alice).Validate(6, 7, Rotated, Ok).Breaks(Invariant.RevocationIsFinal);

    [Fact]
    public void I2_a_validation_is_accepted_after_a_revocation_of_all() => new Script()
        .SignIn(0, 1, Alice).RevokeAll(2, 3, "alice", except: "a2").Validate(4, 5, Alice, Ok).Breaks(Invariant.RevocationIsFinal);

    [Fact]
    public void I2_the_superseded_session_is_accepted() => new Script()
        .SignIn(0, 1, Alice).SignIn(2, 3, Second, supersedes: "a1").Validate(4, 5, Alice, Ok).Breaks(Invariant.RevocationIsFinal);

    [Fact]
    public void I2_a_revocation_that_was_repeated_until_acknowledged_binds() => new Script()
        .SignIn(0, 1, Alice).Revoke(2, 3, Alice, Unknown).Revoke(4, 5, Alice).Validate(6, 7, Alice, Ok).Breaks(Invariant.RevocationIsFinal);

    [Fact]
    public void I2_a_durable_revocation_binds_after_its_bound() => new Script()
        .SignIn(0, 1, Alice).Revoke(2, 3, Alice, effectiveWithin: 2).Validate(6, 7, Alice, Ok).Breaks(Invariant.RevocationIsFinal);

    [Fact]
    public void I3_a_session_that_never_was_is_accepted() => new Script()
        .Validate(0, 1, Alice, Ok).Breaks(Invariant.NothingIsMadeUp);

    [Fact]
    public void I3_a_secret_that_was_never_issued_is_accepted() => new Script()
        .SignIn(0, 1, Alice).Validate(2, 3, Alice with { Secret = "guess" }, Ok).Breaks(Invariant.NothingIsMadeUp);

    [Fact]
    public void I3_a_refused_sign_in_is_accepted() => new Script()
        .SignIn(0, 1, Alice, Denied).Validate(2, 3, Alice, Ok).Breaks(Invariant.NothingIsMadeUp);

    [Fact]
    public void I3_a_session_is_accepted_before_its_sign_in() => new Script()
        .Validate(0, 1, Alice, Ok).SignIn(2, 3, Alice).Breaks(Invariant.NothingIsMadeUp);

    [Fact]
    public void I3_a_session_comes_back_from_the_dead() => new Script()
        .SignIn(0, 1, Alice).Revoke(2, 3, Alice, Unknown).Validate(4, 5, Alice, Denied).Validate(60, 61, Alice, Ok)
        .Breaks(Invariant.NothingIsMadeUp);

    [Fact]
    public void I3_an_expired_session_is_accepted() => new Script()
        .SignIn(0, 1, Alice).Validate(90, 91, Alice, Ok).Breaks(Invariant.NothingIsMadeUp, new() { IdleTimeout = TimeSpan.FromMinutes(1) });

    [Fact]
    public void I3_use_does_not_extend_the_absolute_timeout() => new Script()
        .SignIn(0, 1, Alice).Validate(50, 51, Alice, Ok).Validate(90, 91, Alice, Ok)
        .Breaks(Invariant.NothingIsMadeUp, new() { AbsoluteTimeout = TimeSpan.FromMinutes(1) });

    [Fact]
    public void I4_a_live_session_is_missing() => new Script()
        .SignIn(0, 1, Alice).SignIn(0, 1, Second).List(10, 11, "alice", "a1").Breaks(Invariant.ListsAreComplete);

    [Fact]
    public void I4_an_ended_session_stays_in_the_list() => new Script()
        .SignIn(0, 1, Alice).Revoke(2, 3, Alice).List(10, 11, "alice", "a1").Breaks(Invariant.ListsAreComplete);

    [Fact]
    public void I4_a_session_that_nobody_made_is_in_the_list() => new Script()
        .SignIn(0, 1, Alice).List(10, 11, "alice", "a1", "a9").Breaks(Invariant.ListsAreComplete);

    [Fact]
    public void I5_a_request_is_answered_as_another_user() => new Script()
        .SignIn(0, 1, Alice).SignIn(0, 1, Bob).Validate(2, 3, Alice, Ok, answered: "bob").Breaks(Invariant.AnswersAreTheCallersOwn);

    [Fact]
    public void I5_another_users_session_is_in_the_list() => new Script()
        .SignIn(0, 1, Alice).SignIn(0, 1, Bob).List(2, 3, "alice", "a1", "b1").Breaks(Invariant.AnswersAreTheCallersOwn);

    [Fact]
    public void I5_an_error_is_told_as_a_denial() => new Script()
        .SignIn(0, 1, Alice).Failure(2, 3, Alice, 503, cookieCleared: false, Denied).Breaks(Invariant.AnswersAreTheCallersOwn);

    [Fact]
    public void I5_an_error_is_neither_401_nor_503() => new Script()
        .SignIn(0, 1, Alice).Failure(2, 3, Alice, 500, cookieCleared: false).Breaks(Invariant.AnswersAreTheCallersOwn);

    [Fact]
    public void I6_two_rotations_of_one_secret_succeed() => new Script()
        .SignIn(0, 1, Alice).Rotate(2, 4, Alice, "a1/1").Rotate(3, 5, Alice, "a1/2").Breaks(Invariant.RotationHasOneSuccessor);

    [Fact]
    public void I6_an_unanswered_rotation_and_another_one_both_live() => new Script()
        .SignIn(0, 1, Alice).Rotate(2, 4, Alice, "a1/1", Unknown).Rotate(3, 5, Alice, "a1/2").Validate(6, 7, Rotated, Ok)
        .Breaks(Invariant.RotationHasOneSuccessor);

    [Fact]
    public void I6_the_old_secret_is_accepted() => new Script()
        .SignIn(0, 1, Alice).Rotate(2, 3, Alice, "a1/1").Validate(4, 5, Alice, Ok).Breaks(Invariant.RotationHasOneSuccessor);

    [Fact]
    public void I6_the_new_secret_is_denied() => new Script()
        .SignIn(0, 1, Alice).Rotate(2, 3, Alice, "a1/1").Validate(4, 5, Rotated, Denied).Breaks(Invariant.RotationHasOneSuccessor);

    [Fact]
    public void I7_an_error_clears_the_cookie() => new Script()
        .SignIn(0, 1, Alice).Failure(2, 3, Alice, 503, cookieCleared: true).Breaks(Invariant.FailureKeepsTheCookie);

    [Fact]
    public void I7_an_error_told_as_a_denial_clears_the_cookie() => new Script()
        .SignIn(0, 1, Alice).Revoke(1, 9, Alice).Failure(2, 3, Alice, 503, cookieCleared: true, Denied)
        .Breaks(Invariant.FailureKeepsTheCookie);
}
