namespace OrleansSessions.AspNetCore.Tests;

/// <summary>The front end's half of the lease protocol.</summary>
public sealed class LeaseCacheTests : IDisposable
{
    private readonly ScriptedGrain _grain = new();

    public void Dispose() => _grain.Dispose();

    [Fact]
    public async Task While_a_lease_lasts_nothing_is_asked()
    {
        await _grain.LeaseAsync();
        _grain.Clock.Advance(_grain.L / 2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _grain.ValidateAsync()));

        Assert.All(answers, answer => Assert.True(answer.IsActive));
        Assert.Equal(1, _grain.CallCount);
    }

    [Fact]
    public async Task An_answer_without_a_lease_serves_nobody_else()
    {
        var first = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).AnswerOnce();
        await first;

        var second = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);

        Assert.Equal(SessionStatus.Revoked, (await second).Status);
    }

    [Fact]
    public async Task I2_an_answer_serves_only_those_who_were_there_before_its_call_was_sent()
    {
        var early = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();
        var late = _grain.ValidateAsync();
        var later = _grain.ValidateAsync();

        call.AnswerOnce();
        Assert.True((await early).IsActive);
        Assert.False(late.IsCompleted);
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);

        Assert.Equal(SessionStatus.Revoked, (await late).Status);
        Assert.Equal(SessionStatus.Revoked, (await later).Status);
        Assert.Equal(2, _grain.CallCount);
    }

    [Fact]
    public async Task A_call_says_whether_several_requests_wait_for_it()
    {
        var first = _grain.ValidateAsync();
        var alone = await _grain.NextCallAsync();
        var (second, third) = (_grain.ValidateAsync(), _grain.ValidateAsync());
        alone.AnswerOnce();
        var shared = await _grain.NextCallAsync();
        var fourth = _grain.ValidateAsync();
        shared.AnswerOnce();
        var aloneAgain = await _grain.NextCallAsync();
        aloneAgain.AnswerOnce();
        await Task.WhenAll(first, second, third, fourth);

        Assert.Equal([false, true, false], [alone.Request.IsShared, shared.Request.IsShared, aloneAgain.Request.IsShared]);
    }

    [Fact]
    public async Task A_lease_serves_latecomers_too()
    {
        var early = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();
        var late = Enumerable.Range(0, 7).Select(_ => _grain.ValidateAsync()).ToArray();

        call.Grant(_grain.L);

        await early;
        Assert.All(await Task.WhenAll(late), answer => Assert.True(answer.IsActive));
        Assert.Equal(1, _grain.CallCount);
    }

    [Fact]
    public async Task I2_a_dropped_lease_answers_nothing_more()
    {
        await _grain.LeaseAsync();
        await _grain.DropAsync();

        var validation = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);

        Assert.False((await validation).IsActive);
    }

    [Fact]
    public async Task I2_a_drop_cancels_the_call_under_way_whose_lease_it_may_have_overtaken()
    {
        var early = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();
        await _grain.DropAsync();
        var late = _grain.ValidateAsync();

        call.Grant(_grain.L);
        Assert.True((await early).IsActive);
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);

        Assert.False((await late).IsActive);
    }

    [Fact]
    public async Task I2_a_lease_counts_from_before_its_call()
    {
        var validation = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();
        _grain.Clock.Advance(TimeSpan.FromSeconds(2));
        call.Grant(_grain.L);
        await validation;

        _grain.Clock.Advance(TimeSpan.FromSeconds(3));
        var next = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).NotFound();

        Assert.False((await next).IsActive);
    }

    [Fact]
    public async Task I2_an_answer_that_outlived_its_lease_is_discarded_and_asked_for_again()
    {
        using var grain = new ScriptedGrain(
            new SessionClientOptions { RetryBudget = TimeSpan.FromSeconds(60), ResponseTimeout = TimeSpan.FromSeconds(30) });
        var validation = grain.ValidateAsync();
        var call = await grain.NextCallAsync();
        grain.Clock.Advance(grain.L);
        call.Grant(grain.L);

        (await grain.NextCallAsync()).End(RevocationReason.SignedOut);

        Assert.Equal(SessionStatus.Revoked, (await validation).Status);
    }

    [Fact]
    public async Task I2_a_lease_that_ends_while_its_answer_is_taken_in_serves_no_latecomer()
    {
        var early = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();
        var late = new TaskCompletionSource<Task<ValidationAnswer>>();

        // The clock is read for the age of the answer, and then to take it in. There, the front end is paused.
        _grain.Clock.AfterReads(2, () =>
        {
            _grain.Clock.Advance(_grain.L);
            late.SetResult(_grain.ValidateAsync());
        });
        call.Grant(_grain.L);

        Assert.True((await early).IsActive);
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);
        Assert.False((await await late.Task).IsActive);
    }

    [Fact]
    public async Task A_renewal_that_waited_for_another_one_is_no_use_of_the_session()
    {
        var first = _grain.Cache.RenewAsync(_grain.Token);
        var call = await _grain.NextCallAsync();
        var second = _grain.Cache.RenewAsync(_grain.Token);
        call.Grant(_grain.L);
        await Task.WhenAll(first, second);
        _grain.Clock.Advance(_grain.L);

        var third = _grain.Cache.RenewAsync(_grain.Token);
        call = await _grain.NextCallAsync();
        call.AnswerOnce();
        await third;

        Assert.Null(call.Request.LastHitAge);
    }

    [Fact]
    public async Task T1_a_lease_answers_for_its_own_secret_only()
    {
        await _grain.LeaseAsync();

        var validation = _grain.ValidateAsync(_grain.Token.Rotate());
        (await _grain.NextCallAsync()).NotFound();

        Assert.Equal(SessionStatus.NotFound, (await validation).Status);
        Assert.True((await _grain.ValidateAsync()).IsActive);
        Assert.Equal(2, _grain.CallCount);
    }

    [Fact]
    public async Task A_busy_lease_is_renewed_in_the_background_and_nobody_waits()
    {
        await _grain.LeaseAsync();
        var first = await _grain.ValidateAsync();
        _grain.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Same(first, await _grain.ValidateAsync());
        var renewal = await _grain.NextCallAsync();
        Assert.True(renewal.Request.IsRenewal);
        Assert.Same(first, await _grain.ValidateAsync());
        renewal.Grant(_grain.L);
        await Wait.UntilAsync(() => _grain.ValidateAsync() is { IsCompletedSuccessfully: true } answer && answer.Result != first);
        _grain.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(_grain.ValidateAsync().IsCompletedSuccessfully);
        Assert.Equal(2, _grain.CallCount);
    }

    [Fact]
    public async Task The_age_of_the_latest_hit_goes_with_the_next_call()
    {
        await _grain.LeaseAsync();
        _grain.Clock.Advance(TimeSpan.FromSeconds(3));
        await _grain.ValidateAsync();
        _grain.Clock.Advance(TimeSpan.FromSeconds(6));

        var validation = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();
        call.AnswerOnce();
        await validation;

        Assert.Equal(TimeSpan.FromSeconds(6), call.Request.LastHitAge);
        Assert.False(call.Request.IsRenewal);
    }

    [Fact]
    public async Task I7_when_the_cluster_does_not_answer_it_is_unknown_and_a_lease_goes_on_until_it_ends()
    {
        await _grain.LeaseAsync();
        _grain.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True((await _grain.ValidateAsync()).IsActive);
        (await _grain.NextCallAsync()).Fail(new TimeoutException());
        Assert.True((await _grain.ValidateAsync()).IsActive);

        _grain.Clock.Advance(TimeSpan.FromSeconds(60));
        var validation = _grain.ValidateAsync();
        await Wait.UntilAsync(() =>
        {
            _grain.Clock.Advance(TimeSpan.FromSeconds(1));
            return validation.IsCompleted;
        });

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => validation);
    }

    [Fact]
    public async Task I7_a_pause_between_tries_that_takes_longer_than_all_of_them_may_ends_in_unknown()
    {
        var validation = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).Fail(new TimeoutException());
        await _grain.Clock.UntilWaitedForAsync(TimeSpan.FromMilliseconds(25));

        _grain.Clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => validation);
    }

    [Fact]
    public async Task Those_who_wait_for_the_next_call_share_the_failure_of_the_present_one()
    {
        var early = _grain.ValidateAsync();
        await _grain.NextCallAsync();
        var late = _grain.ValidateAsync();

        await Wait.UntilAsync(() =>
        {
            _grain.Clock.Advance(TimeSpan.FromSeconds(1));
            return early.IsCompleted && late.IsCompleted;
        });

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => early);
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => late);
    }

    [Fact]
    public async Task A_request_that_is_given_up_does_not_take_the_shared_call_with_it()
    {
        using var givenUp = new CancellationTokenSource();
        var first = _grain.Cache.ValidateAsync(_grain.Token, givenUp.Token).AsTask();
        var second = _grain.ValidateAsync();
        var call = await _grain.NextCallAsync();

        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        call.Grant(_grain.L);

        Assert.True((await second).IsActive);
    }

    [Fact]
    public async Task T5_IDs_that_were_made_up_take_no_memory()
    {
        for (var i = 0; i < 100; i++)
        {
            var validation = _grain.ValidateAsync(SessionToken.Create());
            (await _grain.NextCallAsync()).NotFound();
            await validation;
        }

        await Wait.UntilAsync(() => _grain.Cache.Count == 0);
    }

    [Fact]
    public async Task A_full_cache_asks_without_keeping_anything()
    {
        using var grain = new ScriptedGrain(new SessionClientOptions { MaxCachedSessions = 1 });
        await grain.LeaseAsync();

        var validation = grain.ValidateAsync(SessionToken.Create());
        var call = await grain.NextCallAsync();
        call.AnswerOnce();
        await validation;

        Assert.Null(call.Request.Holder);
        Assert.Equal(1, grain.Cache.Count);
    }

    [Fact]
    public async Task Sessions_whose_leases_have_ended_are_swept_out()
    {
        await _grain.LeaseAsync();
        Assert.Equal(1, _grain.Cache.Count);

        // For a quarter of an hour a session that was busy is remembered as such, without its ticket.
        _grain.Clock.Advance(TimeSpan.FromMinutes(16));

        Assert.Equal(0, _grain.Cache.Count);
    }

    [Fact]
    public async Task What_was_made_of_an_answer_is_kept_while_the_answer_says_the_same()
    {
        await _grain.LeaseAsync();
        var made = Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult();
        (await _grain.ValidateAsync()).Authentication = made;

        _grain.Clock.Advance(_grain.L);
        var same = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).Grant(_grain.L);
        Assert.Same(made, (await same).Authentication);

        _grain.Clock.Advance(_grain.L);
        var changed = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).Grant(_grain.L, revision: 1);
        Assert.Null((await changed).Authentication);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_session_is_an_event_whether_by_a_drop_or_by_an_answer(bool byDrop)
    {
        var ended = new TaskCompletionSource<RevocationReason>();
        _grain.Events.Add(_grain.Token.SessionId, what => ended.TrySetResult(what.EndedBy));

        if (byDrop)
        {
            await _grain.DropAsync(RevocationReason.RevokedByUser);
        }
        else
        {
            var validation = _grain.ValidateAsync();
            (await _grain.NextCallAsync()).End(RevocationReason.RevokedByUser);
            await validation;
        }

        Assert.Equal(RevocationReason.RevokedByUser, await ended.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task C30_an_answer_that_only_the_secret_was_replaced_ends_no_session()
    {
        var ended = new List<RevocationReason>();
        _grain.Events.Add(_grain.Token.SessionId, what => ended.Add(what.EndedBy));

        var validation = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).Replaced();

        Assert.Equal(RevocationReason.SecretReplaced, (await validation).Reason);
        Assert.Empty(ended);
    }

    [Fact]
    public async Task F18_a_session_that_could_not_be_asked_for_takes_no_memory()
    {
        var validation = _grain.ValidateAsync();
        (await _grain.NextCallAsync()).Fail(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => validation);
        await Wait.UntilAsync(() => _grain.Cache.Count == 0);
    }

    [Fact]
    public async Task F18_a_session_that_could_not_be_asked_for_again_keeps_its_lease()
    {
        await _grain.LeaseAsync();
        var validation = _grain.ValidateAsync(_grain.Token.Rotate());
        (await _grain.NextCallAsync()).Fail(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => validation);
        Assert.True((await _grain.ValidateAsync()).IsActive);
        Assert.Equal(2, _grain.CallCount);
    }

    [Fact]
    public async Task F18_tickets_take_no_more_memory_than_they_may()
    {
        using var grain = new ScriptedGrain(new SessionClientOptions { MaxCachedBytes = 1000 });
        var other = SessionToken.Create();
        await GrantAsync(grain, grain.Token, 600);
        await GrantAsync(grain, other, 600);

        Assert.True(grain.ValidateAsync().IsCompletedSuccessfully);
        await GrantAsync(grain, other, 600);
        Assert.Equal(3, grain.CallCount);

        await grain.DropAsync();
        await GrantAsync(grain, other, 600);
        Assert.True(grain.ValidateAsync(other).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task F18_a_renewed_lease_counts_once()
    {
        using var grain = new ScriptedGrain(new SessionClientOptions { MaxCachedBytes = 1000 });
        for (var i = 0; i < 5; i++)
        {
            await GrantAsync(grain, grain.Token, 600);
            Assert.True(grain.ValidateAsync().IsCompletedSuccessfully);
            grain.Clock.Advance(grain.L);
        }

        grain.Clock.Advance(TimeSpan.FromMinutes(16));
        await GrantAsync(grain, SessionToken.Create(), 1000);
        Assert.Equal(1, grain.Cache.Count);
    }

    [Fact]
    public async Task F18_while_the_memory_for_tickets_is_full_no_lease_is_asked_for()
    {
        using var grain = new ScriptedGrain(new SessionClientOptions { MaxCachedBytes = 1000 });
        await GrantAsync(grain, grain.Token, 1000);

        var validation = grain.ValidateAsync(SessionToken.Create());
        var call = await grain.NextCallAsync();
        call.AnswerOnce();
        await validation;

        Assert.Null(call.Request.Holder);
        Assert.Equal(1, grain.Cache.Count);
    }

    [Fact]
    public async Task F18_no_call_runs_in_the_context_of_the_request_that_came_first()
    {
        var request = new AsyncLocal<string?> { Value = "the first request" };
        var seen = new List<string?>();
        _grain.OnCall = () => seen.Add(request.Value);

        await _grain.LeaseAsync();
        _grain.Clock.Advance(TimeSpan.FromSeconds(4));
        await _grain.ValidateAsync();
        (await _grain.NextCallAsync()).Grant(_grain.L);

        Assert.Equal([null, null], seen);
        Assert.Equal("the first request", request.Value);
    }

    private static async Task GrantAsync(ScriptedGrain grain, SessionToken token, int ticketBytes)
    {
        var validation = grain.ValidateAsync(token);
        (await grain.NextCallAsync()).Grant(grain.L, ticketBytes: ticketBytes);
        Assert.True((await validation).IsActive);
    }
}
