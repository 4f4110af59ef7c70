using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>An activation goes on after a write that failed: it distrusts its memory, and still knows what it has granted.</summary>
public sealed class FailedWriteTests : IAsyncLifetime
{
    private static readonly TimeSpan L = TimeSpan.FromSeconds(5);
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task F4_a_last_use_that_cannot_be_stored_costs_no_answer_inside_the_window()
    {
        var (token, holder) = await NewLeaseAsync();
        _silos.Advance(TimeSpan.FromMinutes(4));
        await _silos.ValidateTwiceAsync(token, holder);
        _silos.Advance(TimeSpan.FromMinutes(4));
        await _silos.ValidateTwiceAsync(token, holder);
        _silos.Store.IsDown = true;

        for (var i = 0; i < 4; i++)
        {
            _silos.Advance(L);
            var answer = await RenewAsync(token, holder, lastHitAge: TimeSpan.Zero);
            Assert.Equal((SessionStatus.Active, L), (answer.Status, answer.Lease));
        }
    }

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.AnswerLost)]
    public async Task F4_a_last_use_whose_write_failed_keeps_window_and_leases_and_is_stored_later(StoreFault fault)
    {
        var (token, holder) = await NewLeaseAsync();
        var session = _silos.Session(token.SessionId).GetGrainId();
        _silos.Advance(TimeSpan.FromMinutes(6));
        _silos.Store.FailNextWrite(session, fault);

        Assert.Equal(SessionStatus.Active, (await _silos.ValidateAsync(token, holder)).Status);
        Assert.Equal(L, (await _silos.ValidateAsync(token, holder)).Lease);

        // The etag may be another one by now: the sign-out reads it first.
        Assert.Equal(SessionStatus.Active, (await _silos.RevokeAsync(token)).Status);
        Assert.Single(holder.Drops);
        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(token));
    }

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.AnswerLost)]
    public async Task F15_a_revocation_whose_write_failed_is_repeated_without_a_quarantine(StoreFault fault)
    {
        var (token, holder) = await NewLeaseAsync();
        _silos.Store.FailNextWrite(_silos.Session(token.SessionId).GetGrainId(), fault);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.RevokeAsync(token));

        // With the clock at rest: a wait for anything but the holder's answer would never end.
        await _silos.RevokeAsync(token);

        Assert.Single(holder.Drops);
        Assert.Equal(TimeSpan.Zero, (await _silos.RevokeAsync(token, wait: RevocationWait.Durable)).EffectiveWithin);
    }

    [Fact]
    public async Task F15_after_a_failed_write_memory_answers_nothing()
    {
        var (token, holder) = await NewLeaseAsync();
        var session = _silos.Session(token.SessionId).GetGrainId();
        _silos.Store.FailNextWrite(session, StoreFault.AnswerLost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.RevokeAsync(token));

        var answer = await _silos.ValidateAsync(token, holder);

        Assert.Equal(RevocationReason.SignedOut, answer.Reason);
    }

    [Fact]
    public async Task F9_a_rotation_that_waits_for_leases_does_not_shut_the_session_when_a_claim_fails()
    {
        var (token, holder) = await NewLeaseAsync();
        holder.Hold();
        var next = token.Rotate();
        var rotation = _silos.Session(token.SessionId).RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash });
        await holder.FirstDrop;
        _silos.Advance(TimeSpan.FromSeconds(1));
        _silos.Store.Windows.FailNextClaim(_silos.Session(token.SessionId).GetGrainId(), StoreFault.Refused);
        await _silos.StatusAsync(next);

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(next));
        Assert.False(rotation.IsCompleted);
        holder.Release();
        Assert.Equal(SessionStatus.Active, (await rotation).Status);
    }

    private async Task<(SessionToken Token, TestHolder Holder)> NewLeaseAsync()
    {
        var (token, holder) = (await _silos.SignInAsync("ann"), _silos.NewHolder());
        Assert.Equal(L, (await _silos.ValidateTwiceAsync(token, holder)).Lease);
        return (token, holder);
    }

    private async Task<SessionValidationResult> RenewAsync(SessionToken token, TestHolder holder, TimeSpan lastHitAge) =>
        await _silos.Session(token.SessionId).ValidateAsync(new ValidationRequest
        {
            SecretHash = token.SecretHash,
            Holder = holder.Reference,
            IsRenewal = true,
            LastHitAge = lastHitAge,
        });
}
