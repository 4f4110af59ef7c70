using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Users;

/// <summary>Sign-ins of a browser that holds a session already, at the limit.</summary>
public sealed class ReplacedSessionTests
{
    [Fact]
    public async Task C25_a_limit_that_rejects_does_not_count_the_session_that_the_sign_in_replaces()
    {
        await using var silos = await StartAsync(1, "Reject");
        var old = await silos.SignInAndUseAsync("ann");

        var (token, status) = await SignInAgainAsync(silos, old);

        Assert.Equal(SignInStatus.SignedIn, status);
        Assert.Equal(RevocationReason.Superseded, (await silos.ValidateAsync(old)).Reason);
        Assert.Equal([token.SessionId], (await silos.User("ann").ListAsync()).Select(each => each.SessionId));
    }

    [Fact]
    public async Task C25_a_limit_that_evicts_signs_no_other_device_out_for_it()
    {
        await using var silos = await StartAsync(2, "EvictOldest");
        var (a, b) = (await silos.SignInAndUseAsync("ann"), await silos.SignInAndUseAsync("ann"));

        await SignInAgainAsync(silos, b);

        Assert.Equal(SessionStatus.Active, await silos.StatusAsync(a));
        Assert.Equal(SessionStatus.Revoked, await silos.StatusAsync(b));
    }

    [Fact]
    public async Task C25_a_made_up_cookie_of_another_session_does_not_raise_the_limit()
    {
        await using var silos = await StartAsync(1, "Reject");
        var old = await silos.SignInAndUseAsync("ann");

        var (_, status) = await SignInAgainAsync(silos, old.Rotate());

        Assert.Equal(SignInStatus.LimitReached, status);
        Assert.Equal(SessionStatus.Active, await silos.StatusAsync(old));
    }

    [Fact]
    public async Task C33_two_sign_ins_at_once_with_the_same_cookie_take_one_place()
    {
        await using var silos = await StartAsync(2, "EvictOldest");
        var (other, old) = (await silos.SignInAndUseAsync("ann"), await silos.SignInAndUseAsync("ann"));

        var submits = await Task.WhenAll(SignInAgainAsync(silos, old), SignInAgainAsync(silos, old));

        Assert.All(submits, submit => Assert.Equal(SignInStatus.SignedIn, submit.Status));
        Assert.Equal(SessionStatus.Active, await silos.StatusAsync(other));
        Assert.Equal(2, (await silos.User("ann").ListAsync()).Length);
    }

    [Fact]
    public async Task C33_a_session_that_was_never_used_makes_room_before_an_older_one_that_is()
    {
        await using var silos = await StartAsync(2, "EvictOldest");
        var used = await silos.SignInAndUseAsync("ann");
        var ghost = await silos.SignInAsync("ann");

        var next = await silos.SignInAndUseAsync("ann");

        Assert.Equal(SessionStatus.Active, await silos.StatusAsync(used));
        Assert.Equal(SessionStatus.Active, await silos.StatusAsync(next));
        Assert.Equal(RevocationReason.LimitExceeded, (await silos.ValidateAsync(ghost)).Reason);
    }

    [Fact]
    public async Task F11_a_session_that_becomes_live_while_the_limit_is_counted_is_counted()
    {
        await using var silos = await StartAsync(1, "EvictOldest");
        var late = SessionToken.Create();
        var now = silos.Clock.GetUtcNow();
        await silos.Index("ann").RegisterAsync(new SessionRegistration { SessionId = late.SessionId, CreatedAt = now, ExpiresAt = now.AddDays(1) });

        // The index asks the session, finds nothing, and the record lands before it is settled.
        var record = """{"v":1,"sub":"ann","hash":"HASH","ticket":"AQID","created":"2026-01-01T00:00:00+00:00","authenticated":"2026-01-01T00:00:00+00:00","seen":"2026-01-01T00:00:00+00:00","expires":"2026-01-02T00:00:00+00:00","idle":"01:00:00"}"""
            .Replace("HASH", late.SecretHash.ToBase64Url(), StringComparison.Ordinal);
        silos.Store.PutAfterNextRead(silos.Session(late.SessionId).GetGrainId(), record);
        var next = await silos.SignInAsync("ann");

        var statuses = new[] { await silos.StatusAsync(late), await silos.StatusAsync(next) };
        Assert.Single(statuses, SessionStatus.Active);
    }

    private static Task<TestSilos> StartAsync(int max, string policy) => TestSilos.StartAsync(
        ("OrleansSessions:Leases:Enabled", "false"), ("OrleansSessions:Sessions:MaxPerUser", $"{max}"), ("OrleansSessions:Sessions:LimitPolicy", policy));

    private static async Task<(SessionToken Token, SignInStatus Status)> SignInAgainAsync(TestSilos silos, SessionToken presented)
    {
        var token = SessionToken.Create();
        var result = await silos.Session(token.SessionId).SignInAsync(new SignInRequest
        {
            SecretHash = token.SecretHash,
            Subject = "ann",
            Ticket = [1, 2, 3],
            Client = new ClientInfo("Browser", "192.0.2.1"),
            Replaces = new SessionProof(presented.SessionId, presented.SecretHash),
        });
        return (token, result.Status);
    }
}
