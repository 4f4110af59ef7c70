using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Sign-ins whose answer was lost, that were given up, or that nobody ever used.</summary>
public sealed class RepeatedSignInTests : IAsyncLifetime
{
    private TestSilos _silos = null!;

    public async Task InitializeAsync() =>
        _silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"), ("OrleansSessions:Sessions:MaxPerUser", "2"), ("OrleansSessions:Sessions:LimitPolicy", "Reject"));

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task F3_a_sign_in_that_is_repeated_finds_the_session_that_the_first_one_started(bool isActivationGone)
    {
        var token = await _silos.SignInAsync("ann");
        if (isActivationGone)
        {
            await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        }

        var again = await _silos.TrySignInAsync(token, "ann");

        Assert.Equal((SignInStatus.SignedIn, token.SessionId), (again.Status, again.Session?.SessionId));
        Assert.Single(await _silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task F3_a_repeated_sign_in_does_not_run_into_its_own_limit()
    {
        await _silos.SignInAndUseAsync("ann");
        var token = SessionToken.Create();
        _silos.Store.FailNextWrite(_silos.Session(token.SessionId).GetGrainId(), StoreFault.AnswerLost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.TrySignInAsync(token, "ann"));

        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(token, "ann")).Status);
    }

    [Fact]
    public async Task F3_a_sign_in_that_was_given_up_counts_against_no_limit()
    {
        var tokens = new[] { await _silos.SignInAsync("ann"), await _silos.SignInAsync("ann") };
        Assert.Equal(SignInStatus.LimitReached, (await _silos.TrySignInAsync(SessionToken.Create(), "ann")).Status);

        await _silos.Session(tokens[0].SessionId).AbandonAsync(new Abandonment(tokens[0].SecretHash, "ann"));

        Assert.Equal(SessionStatus.NotFound, await _silos.StatusAsync(tokens[0]));
        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann")).Status);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(tokens[1]));
    }

    [Fact]
    public async Task F3_a_sign_in_that_was_given_up_before_it_arrived_never_starts()
    {
        var token = SessionToken.Create();

        await _silos.Session(token.SessionId).AbandonAsync(new Abandonment(token.SecretHash, "ann"));

        Assert.Equal(SignInStatus.AlreadyUsed, (await _silos.TrySignInAsync(token, "ann")).Status);
        Assert.Empty(await _silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task F3_only_the_holder_of_the_secret_gives_a_sign_in_up()
    {
        var token = await _silos.SignInAsync("ann");

        await _silos.Session(token.SessionId).AbandonAsync(new Abandonment(token.Rotate().SecretHash, "ann"));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        Assert.Single(await _silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task C33_a_session_that_was_never_used_ends_after_ten_minutes_and_counts_no_longer()
    {
        var (unused, used) = (await _silos.SignInAsync("ann"), await _silos.SignInAndUseAsync("ann"));
        _silos.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(SignInStatus.SignedIn, (await _silos.TrySignInAsync(SessionToken.Create(), "ann")).Status);
        Assert.Equal(RevocationReason.IdleTimeout, (await _silos.ValidateAsync(unused)).Reason);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(used));
    }

    [Fact]
    public async Task C33_the_first_use_is_stored_so_that_the_loss_of_an_activation_does_not_undo_it()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        _silos.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }
}
