using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>The grain's half of the lease protocol. L = 5 s, H = 30 s, tolerance 2 s.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly TimeSpan L = TimeSpan.FromSeconds(5);
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task A_lone_visit_gets_no_lease_and_costs_one_read()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        var before = CostOf(token);

        var answer = await _silos.ValidateAsync(token, _silos.NewHolder());

        Assert.Equal(TimeSpan.Zero, answer.Lease);
        Assert.Equal(new Cost(Reads: 1, Claims: 0, Writes: 0), CostOf(token) - before);
    }

    [Fact]
    public async Task A_second_use_within_two_leases_gets_a_lease_after_a_claim_of_the_window()
    {
        var (token, holder) = (await _silos.SignInAsync("ann"), _silos.NewHolder());
        var session = _silos.Session(token.SessionId);
        await _silos.DeactivateAsync(session);
        await _silos.ValidateAsync(token, holder);
        var before = CostOf(token);
        _silos.Advance(2 * L);

        Assert.Equal(L, (await _silos.ValidateAsync(token, holder)).Lease);

        Assert.Equal(TimeSpan.FromSeconds(32), _silos.Store.Windows.RestOf(session.GetGrainId()));
        Assert.Equal(new Cost(Reads: 1, Claims: 1, Writes: 0), CostOf(token) - before);
    }

    [Fact]
    public async Task The_first_visit_after_a_sign_in_gets_a_lease_whenever_it_comes()
    {
        var (token, holder) = (await _silos.SignInAsync("ann"), _silos.NewHolder());
        _silos.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(L, (await _silos.ValidateAsync(token, holder)).Lease);
    }

    [Fact]
    public async Task A_page_whose_requests_come_one_by_one_costs_two_reads_and_a_claim_however_many_they_are()
    {
        var (token, holder) = (await _silos.SignInAndUseAsync("ann"), _silos.NewHolder());
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        var before = CostOf(token);

        for (var i = 0; i < 8; i++)
        {
            await _silos.ValidateAsync(token, holder);
        }

        Assert.Equal(new Cost(Reads: 2, Claims: 1, Writes: 0), CostOf(token) - before);
    }

    [Fact]
    public async Task A_page_whose_requests_come_together_costs_a_read_and_a_claim()
    {
        var (token, holder) = (await _silos.SignInAsync("ann"), _silos.NewHolder());
        await _silos.ValidateAsync(token);
        var before = CostOf(token);
        _silos.Advance(TimeSpan.FromMinutes(1));
        var page = new ValidationRequest { SecretHash = token.SecretHash, Holder = holder.Reference, IsShared = true };

        Assert.Equal(L, (await _silos.Session(token.SessionId).ValidateAsync(page)).Lease);

        Assert.Equal(new Cost(Reads: 1, Claims: 1, Writes: 0), CostOf(token) - before);
    }

    [Fact]
    public async Task A_made_up_session_ID_claims_nothing_however_many_ask_for_it()
    {
        var (token, holder) = (SessionToken.Create(), _silos.NewHolder());
        var page = new ValidationRequest { SecretHash = token.SecretHash, Holder = holder.Reference, IsShared = true };

        Assert.Equal(SessionStatus.NotFound, (await _silos.Session(token.SessionId).ValidateAsync(page)).Status);

        Assert.Equal(0, CostOf(token).Claims);
    }

    [Fact]
    public async Task A_store_that_gives_no_window_leaves_sessions_to_be_read()
    {
        var (token, holder) = (await _silos.SignInAsync("ann"), _silos.NewHolder());
        _silos.Store.Windows.IsFull = true;

        var answer = await _silos.ValidateTwiceAsync(token, holder);

        Assert.Equal((SessionStatus.Active, TimeSpan.Zero), (answer.Status, answer.Lease));
    }

    [Fact]
    public async Task Pages_now_and_then_cost_one_claim_for_as_many_as_fall_into_a_window()
    {
        var (token, holder) = await NewLeaseAsync();
        var before = CostOf(token);

        // Eight pages, at 20, 40, … s: the first is inside the window of 30 s, and then every other.
        for (var i = 0; i < 16; i++)
        {
            _silos.Advance(i % 2 == 0 ? TimeSpan.FromSeconds(20) : TimeSpan.Zero);
            Assert.Equal(L, (await _silos.ValidateAsync(token, holder)).Lease);
        }

        Assert.Equal(new Cost(Reads: 4, Claims: 4, Writes: 0), CostOf(token) - before);
    }

    [Fact]
    public async Task A_session_that_is_no_longer_busy_stops_costing_claims()
    {
        var (token, holder) = await NewLeaseAsync();
        _silos.Advance(TimeSpan.FromSeconds(40));
        await _silos.ValidateAsync(token, holder);
        var before = CostOf(token);
        _silos.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(TimeSpan.Zero, (await _silos.ValidateAsync(token, holder)).Lease);
        Assert.Equal(0, (CostOf(token) - before).Claims);
    }

    [Fact]
    public async Task Inside_an_open_window_even_a_lone_visit_gets_a_lease_which_costs_nothing()
    {
        var (token, _) = await NewLeaseAsync();
        var before = CostOf(token);
        _silos.Advance((2 * L) + L);

        Assert.Equal(L, (await _silos.ValidateAsync(token, _silos.NewHolder())).Lease);
        Assert.Equal(new Cost(Reads: 0, Claims: 0, Writes: 0), CostOf(token) - before);
    }

    [Fact]
    public async Task A_busy_session_costs_one_claim_and_one_read_per_window()
    {
        var (token, holder) = await NewLeaseAsync();
        var (before, notes) = (CostOf(token), _silos.Store.Notes.Writes);

        // 250 s of use at one validation per lease: a window of 30 s serves for 25, since a whole lease must fit in.
        for (var i = 0; i < 50; i++)
        {
            _silos.Advance(L);
            Assert.Equal(L, (await _silos.ValidateAsync(token, holder)).Lease);
        }

        var cost = CostOf(token) - before;
        Assert.InRange(cost.Claims, 8, 10);
        Assert.Equal(cost.Claims, cost.Reads);

        // The last use, which is noted once in a twentieth of the idle timeout of an hour.
        Assert.Equal(0, cost.Writes);
        Assert.Equal(1, _silos.Store.Notes.Writes - notes);
    }

    [Fact]
    public async Task A_lease_does_not_outlast_the_session()
    {
        var (token, holder) = (await _silos.SignInAndUseAsync("ann"), _silos.NewHolder());
        await UseUntilThreeSecondsBeforeItsEndAsync(token);
        Assert.Equal(TimeSpan.FromSeconds(3), (await _silos.ValidateTwiceAsync(token, holder)).Lease);
    }

    [Fact]
    public async Task I2_a_revocation_tells_every_holder_before_it_returns()
    {
        var (token, first) = await NewLeaseAsync();
        var second = _silos.NewHolder();
        await _silos.ValidateAsync(token, second);

        await _silos.RevokeAsync(token, RevocationReason.RevokedByUser);

        Assert.Equal([new LeaseDrop(token.SessionId, RevocationReason.RevokedByUser)], first.Drops);
        Assert.Equal([new LeaseDrop(token.SessionId, RevocationReason.RevokedByUser)], second.Drops);
    }

    [Fact]
    public async Task I2_a_revocation_waits_for_the_lease_of_a_holder_that_does_not_answer_and_no_longer()
    {
        var (token, holder) = await NewLeaseAsync();
        holder.Hold();

        var revocation = _silos.RevokeAsync(token);
        await holder.FirstDrop;
        _silos.Advance(L - TimeSpan.FromMilliseconds(10));
        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(token));
        Assert.False(revocation.IsCompleted);

        _silos.Advance(TimeSpan.FromMilliseconds(10));
        await AdvanceUntilAsync(revocation);
    }

    [Fact]
    public async Task A_validation_during_a_revocation_is_answered_at_once()
    {
        var (token, holder) = await NewLeaseAsync();
        holder.Hold();
        var revocation = _silos.RevokeAsync(token);
        await holder.FirstDrop;

        var answer = await _silos.ValidateAsync(token);

        Assert.Equal(SessionStatus.Revoked, answer.Status);
        Assert.False(revocation.IsCompleted);
        _silos.Advance(L);
        await AdvanceUntilAsync(revocation);
    }

    [Fact]
    public async Task I2_a_second_revocation_does_not_return_before_the_leases_that_the_first_waits_for()
    {
        var (token, holder) = await NewLeaseAsync();
        holder.Hold();
        var first = _silos.RevokeAsync(token);
        await holder.FirstDrop;

        var second = _silos.RevokeAsync(token);
        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(token));

        Assert.False(second.IsCompleted);
        _silos.Advance(L);
        await AdvanceUntilAsync(Task.WhenAll(first, second));
    }

    [Fact]
    public async Task A_caller_in_a_hurry_is_told_by_when_the_revocation_is_effective()
    {
        var (token, holder) = await NewLeaseAsync();
        holder.Hold();
        _silos.Advance(TimeSpan.FromSeconds(2));

        var result = await _silos.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(3), result.EffectiveWithin);
        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task I6_a_rotation_takes_the_leases_back_before_it_returns()
    {
        var (token, holder) = await NewLeaseAsync();

        await _silos.Session(token.SessionId).RotateAsync(
            new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = token.Rotate().SecretHash });

        Assert.Equal([new LeaseDrop(token.SessionId, RevocationReason.None)], holder.Drops);
    }

    [Fact]
    public async Task I2_a_lease_granted_during_a_rotation_is_not_forgotten_with_the_one_that_it_replaces()
    {
        // Shortly before the session's end all its leases end with it, at the same moment.
        var (token, holder) = (await _silos.SignInAndUseAsync("ann"), _silos.NewHolder());
        await UseUntilThreeSecondsBeforeItsEndAsync(token);
        await _silos.ValidateTwiceAsync(token, holder);
        var next = token.Rotate();
        holder.Hold();
        var rotation = _silos.Session(token.SessionId).RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash });
        await holder.FirstDrop;
        Assert.Equal(TimeSpan.FromSeconds(3), (await _silos.ValidateAsync(next, holder)).Lease);
        holder.Release();
        await rotation;

        await _silos.RevokeAsync(next);

        Assert.Equal(2, holder.Drops.Count);
    }

    [Fact]
    public async Task L11_claims_are_made_again_once_and_by_the_holder_of_the_secret_alone()
    {
        var (token, _) = await NewLeaseAsync();
        var grain = _silos.Session(token.SessionId);
        await _silos.User("ann").OutdateClaimsAsync();
        var renewal = new ClaimsRenewal { SecretHash = token.SecretHash, Ticket = [7], Revision = 1 };

        Assert.Equal(SessionStatus.NotFound, (await grain.RenewClaimsAsync(renewal with { SecretHash = token.Rotate().SecretHash })).Status);
        Assert.Equal([7], (await grain.RenewClaimsAsync(renewal)).Session!.Ticket);
        Assert.Equal([7], (await grain.RenewClaimsAsync(renewal with { Ticket = [8] })).Session!.Ticket);

        var session = (await _silos.ValidateAsync(token)).Session!;
        Assert.Equal((2, false), (session.Revision, session.AreClaimsOutdated));
    }

    [Fact]
    public async Task L11_a_change_of_claims_takes_the_leases_back_before_it_returns()
    {
        var (token, holder) = await NewLeaseAsync();

        await _silos.User("ann").OutdateClaimsAsync();

        Assert.Equal([new LeaseDrop(token.SessionId, RevocationReason.None)], holder.Drops);
        var answer = await _silos.ValidateAsync(token, holder);
        Assert.Equal((true, TimeSpan.Zero), (answer.Session!.AreClaimsOutdated, answer.Lease));
        await _silos.RevokeAsync(token);
        Assert.Equal(RevocationReason.SignedOut, (await _silos.Session(token.SessionId).RenewClaimsAsync(
            new ClaimsRenewal { SecretHash = token.SecretHash, Ticket = [8], Revision = 1 })).Reason);
    }

    [Fact]
    public async Task F8_a_sign_in_that_was_under_way_when_claims_changed_makes_them_again()
    {
        await _silos.SignInAsync("ann");
        await _silos.User("ann").OutdateClaimsAsync();
        var underWay = await _silos.SignInAsync("ann");
        _silos.Advance(TimeSpan.FromMinutes(2));
        var later = await _silos.SignInAsync("ann");

        Assert.True((await _silos.ValidateAsync(underWay)).Session!.AreClaimsOutdated);
        Assert.False((await _silos.ValidateAsync(later)).Session!.AreClaimsOutdated);
    }

    [Fact]
    public async Task F8_a_rotation_does_not_undo_claims_that_were_changed_meanwhile()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await _silos.User("ann").OutdateClaimsAsync();
        var next = token.Rotate();

        await _silos.Session(token.SessionId).RotateAsync(
            new RotationRequest { Current = token.SecretHash, Next = next.SecretHash, Ticket = [9], Revision = 0 });

        Assert.True((await _silos.ValidateAsync(next)).Session!.AreClaimsOutdated);
    }

    [Fact]
    public async Task F18_a_renewal_leaves_out_the_ticket_that_the_front_end_has()
    {
        var (token, holder) = await NewLeaseAsync();
        var renewal = new ValidationRequest { SecretHash = token.SecretHash, Holder = holder.Reference, IsRenewal = true, KnownRevision = 0 };

        Assert.Empty((await _silos.Session(token.SessionId).ValidateAsync(renewal)).Session!.Ticket);
        Assert.NotEmpty((await _silos.Session(token.SessionId).ValidateAsync(renewal with { KnownRevision = 3 })).Session!.Ticket);
    }

    [Fact]
    public async Task L1_a_use_that_a_front_end_has_noted_keeps_the_session_from_idling_out()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        _silos.Advance(TimeSpan.FromMinutes(50));
        _silos.Store.Notes.Note(_silos.Session(token.SessionId).GetGrainId(), _silos.Clock.GetUtcNow());
        _silos.Advance(TimeSpan.FromMinutes(50));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));

        _silos.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SessionStatus.Expired, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task L1_a_noted_use_counts_as_the_first_one_and_stands_in_the_list()
    {
        var token = await _silos.SignInAsync("ann");
        _silos.Advance(TimeSpan.FromMinutes(5));
        var usedAt = _silos.Clock.GetUtcNow();
        _silos.Store.Notes.Note(_silos.Session(token.SessionId).GetGrainId(), usedAt);
        _silos.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(usedAt, Assert.Single(await _silos.User("ann").ListAsync()).LastSeenAt);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task L1_no_note_is_asked_for_where_none_can_make_a_difference()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        _silos.Advance(TimeSpan.FromMinutes(2));

        await _silos.User("ann").ListAsync();
        _silos.Advance(TimeSpan.FromMinutes(50));
        await _silos.StatusAsync(token);

        Assert.Equal(0, _silos.Store.Notes.Reads);
    }

    [Fact]
    public async Task L1_a_note_of_the_future_is_one_of_now()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        _silos.Store.Notes.Note(_silos.Session(token.SessionId).GetGrainId(), _silos.Clock.GetUtcNow() + TimeSpan.FromDays(300));
        _silos.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task A_session_is_not_ended_for_idleness_while_its_note_cannot_be_read()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        _silos.Advance(TimeSpan.FromHours(2));
        _silos.Store.Notes.IsDown = true;

        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.StatusAsync(token));

        _silos.Store.Notes.IsDown = false;
        Assert.Equal(SessionStatus.Expired, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task An_activation_that_goes_in_good_order_leaves_only_its_last_lease_to_wait_for()
    {
        var (token, _) = await NewLeaseAsync();
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));

        var result = await _silos.RevokeAsync(token, wait: RevocationWait.Durable);

        // The last lease and the tolerance, instead of the window of 30 s.
        Assert.Equal(TimeSpan.FromSeconds(7), result.EffectiveWithin);
    }

    [Fact]
    public async Task Use_that_was_answered_from_memory_keeps_the_session_from_idling_out()
    {
        var (token, holder) = await NewLeaseAsync();
        _silos.Advance(TimeSpan.FromMinutes(60));

        var answer = await _silos.Session(token.SessionId).ValidateAsync(new ValidationRequest
        {
            SecretHash = token.SecretHash,
            Holder = holder.Reference,
            LastHitAge = TimeSpan.FromMinutes(60) - L,
        });

        Assert.Equal(SessionStatus.Active, answer.Status);
    }

    [Fact]
    public async Task L2_the_last_use_of_a_busy_session_outlives_its_activation()
    {
        var (token, holder) = await NewLeaseAsync();
        _silos.Advance(TimeSpan.FromMinutes(2));
        await _silos.ValidateAsync(token, holder);

        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        _silos.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task The_first_use_of_a_session_is_noted_once_and_not_written()
    {
        var token = await _silos.SignInAsync("ann");
        var writes = CostOf(token).Writes;

        await _silos.StatusAsync(token);
        await _silos.StatusAsync(token);

        Assert.Equal(1, _silos.Store.Notes.Writes);
        Assert.Equal(writes, CostOf(token).Writes);
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        _silos.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task A_session_in_use_does_not_look_idle_by_its_record_alone()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        var session = _silos.Session(token.SessionId).GetGrainId();
        for (var minutes = 0; minutes < 180; minutes += 4)
        {
            _silos.Advance(TimeSpan.FromMinutes(4));
            await _silos.StatusAsync(token);
            var view = StoredSessionView.TryRead(System.Text.Encoding.UTF8.GetBytes(_silos.Store.TextOf(session)!));
            Assert.True(view!.ClearlyAdmits(token.SecretHash, _silos.Clock.GetUtcNow() + TimeSpan.FromMinutes(4)));
        }

        // One write after half of the ten minutes within which a first use is due, and one in each half hour.
        Assert.InRange(CostOf(token).Writes, 6, 8);
    }

    [Fact]
    public async Task A_store_that_takes_no_notes_has_uses_written_into_the_record()
    {
        _silos.Store.Notes.IsFull = true;
        var token = await _silos.SignInAsync("ann");
        var writes = CostOf(token).Writes;

        await _silos.StatusAsync(token);

        Assert.Equal(writes + 1, CostOf(token).Writes);
    }

    [Fact]
    public async Task L2_an_activation_that_goes_does_not_undo_a_later_note()
    {
        var (token, holder) = await NewLeaseAsync();
        _silos.Advance(TimeSpan.FromMinutes(2));
        await _silos.ValidateAsync(token, holder);
        _silos.Advance(TimeSpan.FromMinutes(10));
        var notedAt = _silos.Clock.GetUtcNow();
        _silos.Store.Notes.Note(_silos.Session(token.SessionId).GetGrainId(), notedAt);

        await _silos.DeactivateAsync(_silos.Session(token.SessionId));

        _silos.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(notedAt, Assert.Single(await _silos.User("ann").ListAsync()).LastSeenAt);
    }

    [Fact]
    public async Task A_renewal_is_no_use_of_the_session()
    {
        var (token, holder) = await NewLeaseAsync();
        SessionValidationResult answer;
        var asked = 0;
        do
        {
            _silos.Advance(L);
            asked++;
            answer = await _silos.Session(token.SessionId).ValidateAsync(
                new ValidationRequest { SecretHash = token.SecretHash, Holder = holder.Reference, IsRenewal = true });
        }
        while (answer.Status == SessionStatus.Active && asked < 1_000);

        Assert.Equal(RevocationReason.IdleTimeout, answer.Reason);
        Assert.Equal(720, asked);
    }

    [Fact]
    public async Task A_hundred_sessions_of_a_user_end_side_by_side()
    {
        var holder = _silos.NewHolder();
        holder.Hold();
        var tokens = new SessionToken[100];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = await _silos.SignInAsync("ann");
            Assert.Equal(L, (await _silos.ValidateTwiceAsync(tokens[i], holder)).Lease);
        }

        var ending = _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser));

        // A session that answers so has begun to take its leases back.
        foreach (var token in tokens)
        {
            while (await _silos.StatusAsync(token) != SessionStatus.Revoked)
            {
                await Task.Yield();
            }
        }

        _silos.Advance(L);
        await AdvanceUntilAsync(ending);
        Assert.Equal(100, await ending);
    }

    private Cost CostOf(SessionToken token)
    {
        var grain = _silos.Session(token.SessionId).GetGrainId();
        return new Cost(_silos.Store.ReadsOf(grain), _silos.Store.Windows.ClaimsOf(grain), _silos.Store.WritesOf(grain));
    }

    private async Task UseUntilThreeSecondsBeforeItsEndAsync(SessionToken token)
    {
        for (var i = 0; i < 47; i++)
        {
            _silos.Advance(TimeSpan.FromMinutes(30));
            await _silos.ValidateAsync(token);
        }

        _silos.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(3));
    }

    private async Task<(SessionToken Token, TestHolder Holder)> NewLeaseAsync()
    {
        var (token, holder) = (await _silos.SignInAsync("ann"), _silos.NewHolder());
        Assert.Equal(L, (await _silos.ValidateTwiceAsync(token, holder)).Lease);
        return (token, holder);
    }

    /// <summary>
    /// Lets the timers that wait for the moment just reached go off. They are set in milliseconds, and may be set again
    /// for the last fraction of one, so the clock is nudged on while they are.
    /// </summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        for (var yields = 0; !task.IsCompleted && yields < 100_000; yields++)
        {
            if (yields % 1_000 == 0 && yields < 10_000)
            {
                _silos.Advance(TimeSpan.FromMilliseconds(1));
            }

            await Task.Yield();
        }

        await task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private sealed record Cost(int Reads, int Claims, int Writes)
    {
        public static Cost operator -(Cost after, Cost before) =>
            new(after.Reads - before.Reads, after.Claims - before.Claims, after.Writes - before.Writes);
    }
}
