using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Users;

public sealed class UserSessionsGrainTests : IAsyncLifetime
{
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"), ("OrleansSessions:Sessions:MaxPerUser", "5"));

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task I4_the_list_is_complete_and_shows_the_newest_first()
    {
        var tokens = await SignInSeveralAsync("ann", 3);
        await _silos.SignInAsync("bob");

        var list = await _silos.User("ann").ListAsync();

        Assert.Equal(tokens.Select(token => token.SessionId).Reverse(), list.Select(each => each.SessionId));
        Assert.All(list, each => Assert.Equal("Browser", each.Client.UserAgent));
    }

    [Fact]
    public async Task I4_ended_and_expired_sessions_leave_the_list()
    {
        var tokens = await SignInSeveralAsync("ann", 3);
        await _silos.StatusAsync(tokens[1]);
        await _silos.RevokeAsync(tokens[0]);
        _silos.Advance(TimeSpan.FromMinutes(50));
        await _silos.StatusAsync(tokens[1]);
        _silos.Advance(TimeSpan.FromMinutes(20));

        var list = await _silos.User("ann").ListAsync();

        Assert.Equal([tokens[1].SessionId], list.Select(each => each.SessionId));
    }

    [Fact]
    public async Task L10_the_list_shows_the_latest_use()
    {
        var token = await _silos.SignInAsync("ann");
        _silos.Advance(TimeSpan.FromSeconds(42));
        await _silos.StatusAsync(token);

        var list = await _silos.User("ann").ListAsync();

        Assert.Equal(_silos.Clock.GetUtcNow(), list.Single().LastSeenAt);
    }

    [Fact]
    public async Task O5_simultaneous_sign_ins_never_exceed_the_limit_and_the_newest_stay()
    {
        var tokens = Enumerable.Range(0, 40).Select(_ => SessionToken.Create()).ToArray();

        var results = await Task.WhenAll(tokens.Select(token => _silos.TrySignInAsync(token, "crowd")));
        var statuses = await Task.WhenAll(tokens.Select(token => _silos.ValidateAsync(token)));

        Assert.All(results, result => Assert.Equal(SignInStatus.SignedIn, result.Status));
        Assert.Equal(5, statuses.Count(answer => answer.Status == SessionStatus.Active));
        Assert.Equal(35, statuses.Count(answer => answer.Reason == RevocationReason.LimitExceeded));
        Assert.Equal(5, (await _silos.User("crowd").ListAsync()).Length);
    }

    [Fact]
    public async Task The_oldest_session_makes_room()
    {
        var tokens = await SignInSeveralAsync("ann", 6);

        Assert.Equal(RevocationReason.LimitExceeded, (await _silos.ValidateAsync(tokens[0])).Reason);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(tokens[1]));
    }

    [Fact]
    public async Task Sessions_that_have_ended_by_themselves_do_not_count()
    {
        await SignInSeveralAsync("ann", 5);
        _silos.Advance(TimeSpan.FromHours(2));

        var tokens = await SignInSeveralAsync("ann", 5);

        Assert.All(await Task.WhenAll(tokens.Select(_silos.StatusAsync)), status => Assert.Equal(SessionStatus.Active, status));
    }

    [Fact]
    public async Task One_session_is_ended_from_another_and_only_a_users_own()
    {
        var tokens = await SignInSeveralAsync("ann", 2);

        Assert.False(await _silos.User("mallory").RevokeAsync(tokens[0].SessionId, RevocationReason.RevokedByUser));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(tokens[0]));
        Assert.True(await _silos.User("ann").RevokeAsync(tokens[0].SessionId, RevocationReason.RevokedByUser));
        Assert.Equal(RevocationReason.RevokedByUser, (await _silos.ValidateAsync(tokens[0])).Reason);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(tokens[1]));
    }

    [Fact]
    public async Task L7_all_sessions_end_or_all_but_one()
    {
        var tokens = await SignInSeveralAsync("ann", 4);

        Assert.Equal(3, await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser, Except: tokens[2].SessionId)));
        Assert.Equal([tokens[2].SessionId], (await _silos.User("ann").ListAsync()).Select(each => each.SessionId));
        Assert.Equal(1, await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser)));
        Assert.Empty(await _silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task L8_a_sign_in_with_credentials_that_were_changed_meanwhile_is_refused()
    {
        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann", stamp: "old")).Status);

        await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.PasswordChanged, SecurityStamp: "new"));

        Assert.Equal(SignInStatus.CredentialsChanged, (await _silos.TrySignInAsync(SessionToken.Create(), "ann", stamp: "old")).Status);
        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann", stamp: "new")).Status);
    }

    [Theory]
    [InlineData(StoreFault.Refused, 0, SignInStatus.AlreadyUsed)]
    [InlineData(StoreFault.AnswerLost, 1, SignInStatus.SignedIn)]
    public async Task I4_a_sign_in_that_failed_between_index_and_record_leaves_no_ghost(StoreFault fault, int live, SignInStatus again)
    {
        var token = SessionToken.Create();
        _silos.Store.FailNextWrite(_silos.Session(token.SessionId).GetGrainId(), fault);
        await Assert.ThrowsAnyAsync<Exception>(() => _silos.TrySignInAsync(token, "ann"));

        Assert.Equal(live, (await _silos.User("ann").ListAsync()).Length);

        // If it was pruned, then for good: a sign-in that is still under way somewhere must not bring it to life outside the index.
        // If it stands, the repeated sign-in finds it.
        var late = await _silos.TrySignInAsync(token, "ann");
        Assert.Equal(again, late.Status);
        Assert.Equal(live, (await _silos.User("ann").ListAsync()).Length);
    }

    [Fact]
    public async Task I4_a_ghost_that_could_not_be_pruned_does_not_keep_all_sessions_from_being_ended()
    {
        var ghost = SessionToken.Create();
        _silos.Store.FailNextWrite(_silos.Session(ghost.SessionId).GetGrainId(), StoreFault.Refused);
        await Assert.ThrowsAnyAsync<Exception>(() => _silos.TrySignInAsync(ghost, "ann"));
        await _silos.SignInAsync("ann");
        _silos.Store.FailNextWrite(_silos.User("ann").GetGrainId(), StoreFault.Refused);
        Assert.Single(await _silos.User("ann").ListAsync());

        Assert.Equal(1, await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser)));

        Assert.Empty(await _silos.User("ann").ListAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task L7_a_sign_in_that_is_between_index_and_record_when_its_session_is_ended_does_not_come_through(bool all)
    {
        var token = SessionToken.Create();
        var now = _silos.Clock.GetUtcNow();
        await _silos.Index("ann").RegisterAsync(new SessionRegistration { SessionId = token.SessionId, CreatedAt = now, ExpiresAt = now.AddDays(1) });

        if (all)
        {
            await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser));
        }
        else
        {
            await _silos.User("ann").RevokeAsync(token.SessionId, RevocationReason.RevokedByUser);
        }

        Assert.Equal(SignInStatus.AlreadyUsed, (await _silos.TrySignInAsync(token, "ann")).Status);
    }

    [Fact]
    public async Task An_index_without_sessions_leaves_the_store()
    {
        var token = await _silos.SignInAsync("ann");
        var index = _silos.User("ann").GetGrainId();
        Assert.True(_silos.Store.Contains(index));

        await _silos.RevokeAsync(token);
        Assert.Empty(await _silos.User("ann").ListAsync());

        Assert.False(_silos.Store.Contains(index));
    }

    private async Task<SessionToken[]> SignInSeveralAsync(string subject, int count)
    {
        var tokens = new SessionToken[count];
        for (var i = 0; i < count; i++)
        {
            tokens[i] = await _silos.SignInAsync(subject);
            _silos.Advance(TimeSpan.FromSeconds(1));
        }

        return tokens;
    }
}

public sealed class RejectingLimitTests
{
    [Fact]
    public async Task O5_a_limit_that_rejects_admits_exactly_as_many_as_it_says()
    {
        await using var silos = await TestSilos.StartAsync(("OrleansSessions:Sessions:MaxPerUser", "5"), ("OrleansSessions:Sessions:LimitPolicy", "Reject"));

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => silos.TrySignInAsync(SessionToken.Create(), "crowd")));

        Assert.Equal(5, results.Count(result => result.Status == SignInStatus.SignedIn));
        Assert.Equal(35, results.Count(result => result.Status == SignInStatus.LimitReached));

        await silos.User("crowd").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser));
        Assert.Equal(SignInStatus.SignedIn, (await silos.TrySignInAsync(SessionToken.Create(), "crowd")).Status);
    }
}
