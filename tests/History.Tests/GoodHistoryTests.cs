using static OrleansSessions.History.Outcome;
using static OrleansSessions.History.Tests.Script;

namespace OrleansSessions.History.Tests;

/// <summary>Histories that look odd and are right: a checker that cries wolf is not listened to.</summary>
public sealed class GoodHistoryTests
{
    [Fact]
    public void A_life_from_sign_in_to_sign_out() => new Script()
        .SignIn(0, 1, Alice)
        .Validate(2, 3, Alice, Ok, answered: "alice", status: 200)
        .Rotate(4, 5, Alice, "a1/1")
        .Validate(6, 7, Alice, Denied, status: 401)
        .Validate(6, 7, Alice with { Secret = "a1/1" }, Ok)
        .List(20, 21, "alice", "a1")
        .Revoke(30, 31, Alice)
        .Validate(32, 33, Alice with { Secret = "a1/1" }, Denied)
        .List(50, 51, "alice")
        .IsGood();

    [Fact]
    public void A_validation_during_a_revocation_may_go_either_way() => new Script()
        .SignIn(0, 1, Alice)
        .Revoke(2, 8, Alice)
        .Validate(3, 4, Alice, Denied, frontEnd: "f1")
        .Validate(5, 6, Alice, Ok, frontEnd: "f2")
        .Validate(7, 9, Alice, Ok, frontEnd: "f2")
        .IsGood();

    [Fact]
    public void An_unknown_revocation_may_have_happened_or_not() => new Script()
        .SignIn(0, 1, Alice)
        .SignIn(0, 1, Bob)
        .Revoke(2, 3, Alice, Unknown)
        .Revoke(2, 3, Bob, Unknown)
        .Validate(4, 5, Alice, Denied)
        .Validate(4, 5, Bob, Ok)
        .IsGood();

    [Fact]
    public void An_unknown_sign_in_may_come_to_life_late() => new Script()
        .SignIn(0, 1, Alice, Unknown)
        .Validate(2, 3, Alice, Denied)
        .Validate(60, 61, Alice, Ok)
        .IsGood();

    [Fact]
    public void An_unknown_rotation_leaves_either_secret() => new Script()
        .SignIn(0, 1, Alice)
        .SignIn(0, 1, Bob)
        .Rotate(2, 3, Alice, "a1/1", Unknown)
        .Rotate(2, 3, Bob, "b1/1", Unknown)
        .Validate(4, 5, Alice, Denied)
        .Validate(4, 5, Alice with { Secret = "a1/1" }, Ok)
        .Validate(4, 5, Bob, Ok)
        .Validate(4, 5, Bob with { Secret = "b1/1" }, Denied)
        .IsGood();

    [Fact]
    public void A_durable_revocation_is_final_only_after_its_bound() => new Script()
        .SignIn(0, 1, Alice)
        .Revoke(2, 3, Alice, effectiveWithin: 5)
        .Validate(4, 5, Alice, Ok)
        .Validate(9, 10, Alice, Denied)
        .IsGood();

    [Fact]
    public void A_revocation_of_all_spares_its_exception_and_whoever_signs_in_meanwhile() => new Script()
        .SignIn(0, 1, Alice)
        .SignIn(2, 5, Alice with { SessionId = "a2", Secret = "a2/0" })
        .RevokeAll(3, 4, "alice", except: "a1")
        .Validate(6, 7, Alice, Ok)
        .Validate(6, 7, Alice with { SessionId = "a2", Secret = "a2/0" }, Ok)
        .IsGood();

    [Fact]
    public void A_sign_in_as_another_user_ends_the_session_that_was_presented() => new Script()
        .SignIn(0, 1, Alice)
        .SignIn(2, 3, Bob, supersedes: "a1")
        .Validate(4, 5, Alice, Denied)
        .IsGood();

    [Fact]
    public void An_error_that_keeps_the_cookie_proves_nothing() => new Script()
        .SignIn(0, 1, Alice)
        .Failure(2, 3, Alice, 503, cookieCleared: false)
        .Validate(4, 5, Alice, Ok)
        .IsGood();

    [Fact]
    public void An_expired_session_may_be_denied() => new Script()
        .SignIn(0, 1, Alice)
        .Validate(90, 91, Alice, Denied)
        .IsGood(new() { IdleTimeout = TimeSpan.FromMinutes(1) });

    [Fact]
    public void An_evicting_limit_excuses_older_sessions() => new Script()
        .SignIn(0, 1, Alice)
        .SignIn(2, 3, Alice with { SessionId = "a2", Secret = "a2/0" })
        .Validate(4, 5, Alice, Denied)
        .IsGood(new() { SignInsEvict = true });
}
