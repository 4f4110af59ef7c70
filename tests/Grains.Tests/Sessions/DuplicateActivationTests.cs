using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>
/// Two clusters on one store: the same session active twice, as after a partition, or when a silo was taken for dead.
/// </summary>
public sealed class DuplicateActivationTests : IAsyncLifetime
{
    private static readonly TimeSpan L = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestStore _store;
    private TestSilos _here = null!;
    private TestSilos _there = null!;

    public DuplicateActivationTests() => _store = new TestStore(_clock);

    public async Task InitializeAsync()
    {
        _here = await TestSilos.StartAsync(_store, _clock);
        _there = await TestSilos.StartAsync(_store, _clock);
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task I2_a_revocation_waits_in_quarantine_for_what_another_activation_may_have_granted()
    {
        var (token, holder) = await NewLeaseHereAsync();

        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        // The whole ownership window and the tolerance: the leases granted here are not known there.
        Assert.Equal(TimeSpan.FromSeconds(32), result.EffectiveWithin);
        Assert.Empty(holder.Drops);
    }

    [Fact]
    public async Task I2_after_the_quarantine_no_lease_is_left_and_none_is_granted_any_more()
    {
        var (token, holder) = await NewLeaseHereAsync();
        var revoked = _clock.GetUtcNow();
        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        // The other activation goes on granting for as long as its window lasts, and no longer.
        var lastLeaseEnd = _clock.GetUtcNow() + L;
        while (_clock.GetUtcNow() < new DateTimeOffset(2026, 1, 1, 0, 1, 0, TimeSpan.Zero))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var answer = await TryValidateHereAsync(token, holder);
            if (answer?.Lease > TimeSpan.Zero)
            {
                lastLeaseEnd = _clock.GetUtcNow() + answer.Lease;
            }
        }

        Assert.True(lastLeaseEnd <= revoked + result.EffectiveWithin);
        Assert.Equal(SessionStatus.Revoked, await _here.StatusAsync(token));
    }

    [Fact]
    public async Task I2_outside_its_window_an_activation_reads_and_learns_of_a_revocation_elsewhere()
    {
        var token = await _here.SignInAsync("ann");
        Assert.Equal(SessionStatus.Active, await _here.StatusAsync(token));

        await _there.RevokeAsync(token, RevocationReason.RevokedByAdmin);

        Assert.Equal(RevocationReason.RevokedByAdmin, (await _here.ValidateAsync(token)).Reason);
    }

    [Fact]
    public async Task I2_a_window_is_not_opened_over_a_revocation_elsewhere()
    {
        var (token, holder) = (await _here.SignInAsync("ann"), _here.NewHolder());
        _clock.Advance(4 * L);
        await _here.ValidateAsync(token);
        await _there.RevokeAsync(token);

        // Busy, and so about to claim its window: the read that follows finds the tombstone.
        var answer = await TryValidateHereAsync(token, holder);

        Assert.NotEqual(SessionStatus.Active, answer?.Status);
        Assert.Equal(SessionStatus.Revoked, await _here.StatusAsync(token));
    }

    [Fact]
    public async Task I6_two_activations_rotate_a_secret_once()
    {
        var token = await _here.SignInAsync("ann");
        await _there.StatusAsync(token);
        var (left, right) = (token.Rotate(), token.Rotate());

        var results = await Task.WhenAll(TryRotateAsync(_here, token, left), TryRotateAsync(_there, token, right));

        Assert.Single(results, status => status == SessionStatus.Active);
        var statuses = new[] { await _here.StatusAsync(left), await _here.StatusAsync(right) };
        Assert.Single(statuses, SessionStatus.Active);
        Assert.Equal(SessionStatus.NotFound, await _there.StatusAsync(token));
    }

    [Fact]
    public async Task I4_a_sign_in_elsewhere_is_ended_with_all_the_others()
    {
        await _here.SignInAsync("ann");
        var elsewhere = await _there.SignInAsync("ann");

        await _here.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser));

        Assert.Equal(SessionStatus.Revoked, await _there.StatusAsync(elsewhere));
    }

    [Fact]
    public async Task A_sign_in_with_credentials_that_were_changed_elsewhere_is_not_refused_for_an_old_index()
    {
        await _here.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.PasswordChanged, SecurityStamp: "first"));
        await _there.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.PasswordChanged, SecurityStamp: "second"));

        Assert.Equal(SignInStatus.SignedIn, (await _here.TrySignInAsync(SessionToken.Create(), "ann", stamp: "second")).Status);
        Assert.Equal(SignInStatus.CredentialsChanged, (await _there.TrySignInAsync(SessionToken.Create(), "ann", stamp: "first")).Status);
    }

    [Fact]
    public async Task I2_a_revocation_finds_a_window_that_was_claimed_since_the_session_became_active_there()
    {
        var token = await _there.SignInAsync("ann");
        await _there.StatusAsync(token);
        var holder = _here.NewHolder();
        Assert.Equal(L, (await _here.ValidateTwiceAsync(token, holder)).Lease);

        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(32), result.EffectiveWithin);
    }

    [Fact]
    public async Task I2_an_activation_that_goes_during_its_quarantine_leaves_the_quarantine_behind()
    {
        var (token, holder) = await NewLeaseHereAsync();
        var other = _there.NewHolder();
        Assert.Equal(L, (await _there.ValidateTwiceAsync(token, other)).Lease);
        await _there.DeactivateAsync(_there.Session(token.SessionId));

        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        // Here, leases may still be granted from memory until the window ends.
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(L, (await _here.ValidateTwiceAsync(token, holder)).Lease);
        Assert.Equal(TimeSpan.FromSeconds(32), result.EffectiveWithin);
    }

    [Fact]
    public async Task I2_a_revocation_inside_a_window_waits_for_another_that_was_claimed_since()
    {
        var (token, _) = await NewLeaseHereAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(L, (await _there.ValidateTwiceAsync(token, _there.NewHolder())).Lease);
        _clock.Advance(TimeSpan.FromSeconds(10));

        var result = await _here.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(22), result.EffectiveWithin);
    }

    [Fact]
    public async Task I2_whoever_takes_a_window_waits_for_what_its_owner_may_have_granted()
    {
        var (token, _) = await NewLeaseHereAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(L, (await _there.ValidateTwiceAsync(token, _there.NewHolder())).Lease);

        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(22), result.EffectiveWithin);
    }

    [Fact]
    public async Task I2_a_window_opens_on_what_was_stored_after_the_claim()
    {
        var (token, holder) = (await _here.SignInAsync("ann"), _here.NewHolder());
        await _here.ValidateAsync(token);
        _store.Windows.HoldClaims();
        var validation = _here.ValidateAsync(token, holder);
        await _store.Windows.FirstHeldClaim;

        var revocation = await _there.RevokeAsync(token, wait: RevocationWait.Durable);
        _store.Windows.ReleaseClaims();

        Assert.Equal(SessionStatus.Revoked, (await validation).Status);
        Assert.Equal(TimeSpan.FromSeconds(32), revocation.EffectiveWithin);
    }

    [Fact]
    public async Task I2_a_revocation_that_cannot_look_for_other_windows_is_not_acknowledged()
    {
        var (token, _) = await NewLeaseHereAsync();
        _store.Windows.FailsLooks = true;
        await Assert.ThrowsAsync<OrleansException>(() => _there.RevokeAsync(token));
        await Assert.ThrowsAsync<OrleansException>(() => _there.RevokeAsync(token, wait: RevocationWait.Durable));
        _store.Windows.FailsLooks = false;

        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal((SessionStatus.Revoked, TimeSpan.FromSeconds(32)), (result.Status, result.EffectiveWithin));
    }

    [Fact]
    public async Task L11_a_change_of_claims_waits_for_another_window()
    {
        var (token, _) = await NewLeaseHereAsync();

        var change = _there.User("ann").OutdateClaimsAsync();
        while ((await _there.ValidateAsync(token)).Session?.Revision != 1)
        {
            await Task.Yield();
        }

        Assert.False(change.IsCompleted);
        await AdvanceUntilAsync(change);
        await change;
    }

    [Fact]
    public async Task I2_a_silo_with_a_shorter_window_does_not_hide_a_longer_one()
    {
        var (token, _) = await NewLeaseHereAsync();
        await using var shorter = await TestSilos.StartAsync(_store, _clock, settings: ("OrleansSessions:Leases:OwnershipWindow", "00:00:10"));
        Assert.Equal(L, (await shorter.ValidateTwiceAsync(token, shorter.NewHolder())).Lease);

        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(32), result.EffectiveWithin);
    }

    [Fact]
    public async Task I2_a_claim_that_is_under_way_hides_no_other_window()
    {
        var token = await _there.SignInAsync("ann");
        Assert.Equal(L, (await _there.ValidateTwiceAsync(token, _there.NewHolder())).Lease);
        _clock.Advance(4 * L);
        Assert.Equal(L, (await _here.ValidateTwiceAsync(token, _here.NewHolder())).Lease);
        _clock.Advance(TimeSpan.FromSeconds(7));
        var next = token.Rotate();
        _store.Windows.HoldLooks();
        var rotation = TryRotateAsync(_there, token, next);
        await _store.Windows.FirstHeldLook;
        _store.Windows.HoldClaims();
        var validation = _there.ValidateAsync(next, _there.NewHolder());
        await _store.Windows.FirstHeldClaim;

        // The look finds the window of its own activation, which has taken it from the one here.
        _store.Windows.ReleaseLooks();

        // Other calls to the same silo give the rotation every chance to return too early.
        for (var i = 0; i < 20 && !rotation.IsCompleted; i++)
        {
            await _there.SignInAsync("someone else");
        }

        _store.Windows.ReleaseClaims();
        Assert.Equal(L, (await validation).Lease);

        Assert.False(rotation.IsCompleted);
        await AdvanceUntilAsync(rotation);
        Assert.Equal(SessionStatus.Active, await rotation);
    }

    [Fact]
    public async Task I2_a_claim_whose_answer_was_lost_hides_no_other_window()
    {
        var (token, _) = await NewLeaseHereAsync();
        var grain = _there.Session(token.SessionId).GetGrainId();
        await _there.ValidateAsync(token);
        _store.Windows.FailNextClaim(grain, StoreFault.AnswerLost);
        await Assert.ThrowsAsync<OrleansException>(() => _there.ValidateAsync(token, _there.NewHolder()));

        // The activation that does not know whose window it took is gone, and has left the window as it was.
        var result = await _there.RevokeAsync(token, wait: RevocationWait.Durable);

        Assert.Equal(TimeSpan.FromSeconds(32), result.EffectiveWithin);
    }

    /// <summary>Lets a minute pass, and then as little as it takes for a timer that was set meanwhile.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        for (var steps = 0; !task.IsCompleted && steps < 200_000; steps++)
        {
            _clock.Advance(steps < 600 ? TimeSpan.FromMilliseconds(100) : steps % 1_000 == 0 ? TimeSpan.FromMilliseconds(1) : TimeSpan.Zero);
            await Task.Yield();
        }

        await task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<(SessionToken Token, TestHolder Holder)> NewLeaseHereAsync()
    {
        var (token, holder) = (await _here.SignInAsync("ann"), _here.NewHolder());
        Assert.Equal(L, (await _here.ValidateTwiceAsync(token, holder)).Lease);
        return (token, holder);
    }

    private async Task<SessionValidationResult?> TryValidateHereAsync(SessionToken token, TestHolder holder)
    {
        try
        {
            return await _here.ValidateAsync(token, holder);
        }
        catch (OrleansException)
        {
            return null;
        }
    }

    private static async Task<SessionStatus?> TryRotateAsync(TestSilos silos, SessionToken token, SessionToken next)
    {
        try
        {
            var request = new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash };
            return (await silos.Session(token.SessionId).RotateAsync(request)).Status;
        }
        catch (OrleansException)
        {
            return null;
        }
    }
}
