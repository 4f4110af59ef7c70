using OrleansSessions.Accounts;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Accounts;

public sealed class AccountGrainTests : IAsyncLifetime
{
    private const string Hash = "a hash";
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task A_name_is_given_out_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            _silos.Account("ann").RegisterAsync(new AccountRegistration("Ann", $"{Hash} {i}"))));

        Assert.Single(results, true);
    }

    [Fact]
    public async Task G2_of_200_parallel_guesses_no_more_than_the_limit_are_evaluated()
    {
        var account = await RegisterAsync("ann");

        var attempts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => account.BeginAttemptAsync(null)));

        Assert.Equal(5, attempts.Count(attempt => attempt.Allowed));
        Assert.All(attempts, attempt => Assert.Equal(attempt.Allowed ? Hash : null, attempt.PasswordHash));
    }

    [Fact]
    public async Task G2_the_count_outlives_the_activation()
    {
        var account = await RegisterAsync("ann");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => account.BeginAttemptAsync(null)));

        await _silos.DeactivateAsync(account);

        Assert.False((await account.BeginAttemptAsync(null)).Allowed);
    }

    [Fact]
    public async Task G3_guesses_from_elsewhere_do_not_keep_the_owner_from_a_known_device()
    {
        var account = await RegisterAsync("ann");
        await CompleteAsync(account, await account.BeginAttemptAsync(null), "phone");
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => account.BeginAttemptAsync(null)));

        Assert.False((await account.BeginAttemptAsync(null)).Allowed);
        Assert.False((await account.BeginAttemptAsync("made up")).Allowed);
        Assert.True((await account.BeginAttemptAsync("phone")).Allowed);
    }

    [Fact]
    public async Task G3_a_known_device_has_a_limit_of_its_own()
    {
        var account = await RegisterAsync("ann");
        await CompleteAsync(account, await account.BeginAttemptAsync(null), "phone");

        var attempts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => account.BeginAttemptAsync("phone")));

        Assert.Equal(5, attempts.Count(attempt => attempt.Allowed));
        Assert.True((await account.BeginAttemptAsync(null)).Allowed);
    }

    [Fact]
    public async Task Any_number_of_right_passwords_meets_no_wait()
    {
        var account = await RegisterAsync("ann");
        for (var i = 0; i < 50; i++)
        {
            var attempt = await account.BeginAttemptAsync(null);
            Assert.True(attempt.Allowed);
            Assert.True((await CompleteAsync(account, attempt, $"device {i}")).Succeeded);
        }
    }

    [Fact]
    public async Task G4_a_name_without_an_account_is_counted_alike_and_stored_nowhere()
    {
        var before = _silos.Store.Count;
        var account = _silos.Account("nobody");

        var attempts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => account.BeginAttemptAsync(null)));

        Assert.Equal(5, attempts.Count(attempt => attempt.Allowed));
        Assert.All(attempts, attempt => Assert.Null(attempt.PasswordHash));
        Assert.False((await CompleteAsync(account, attempts[0], "phone")).Succeeded);
        Assert.Equal(before, _silos.Store.Count);
    }

    [Fact]
    public async Task G6_a_hash_in_an_old_format_is_replaced_once()
    {
        var account = await RegisterAsync("ann");
        var attempts = await Task.WhenAll(account.BeginAttemptAsync(null), account.BeginAttemptAsync(null));

        var results = await Task.WhenAll(attempts.Select((attempt, i) => account.CompleteAttemptAsync(new AttemptCompletion
        {
            Number = attempt.Number,
            Device = "phone",
            PasswordHash = Hash,
            Rehash = $"rehash {i}",
        })));

        // The second was checked against a hash that is no longer the stored one.
        Assert.Single(results, result => result.Succeeded);
        Assert.StartsWith("rehash", (await account.BeginAttemptAsync("phone")).PasswordHash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L8_a_changed_password_ends_the_other_sessions_and_voids_attempts_under_way()
    {
        var account = await RegisterAsync("ann");
        var signedIn = await CompleteAsync(account, await account.BeginAttemptAsync(null), "phone");
        var (here, there) = (SessionToken.Create(), SessionToken.Create());
        await _silos.TrySignInAsync(here, signedIn.Subject, stamp: signedIn.SecurityStamp);
        await _silos.TrySignInAsync(there, signedIn.Subject, stamp: signedIn.SecurityStamp);
        var underWay = await account.BeginAttemptAsync(null);

        Assert.True(await account.ChangePasswordAsync(new PasswordChange(signedIn.SecurityStamp, "new hash", here.SessionId)));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(here));
        Assert.Equal(RevocationReason.PasswordChanged, (await _silos.ValidateAsync(there)).Reason);
        Assert.False((await CompleteAsync(account, underWay, "phone")).Succeeded);
        Assert.Equal(SignInStatus.CredentialsChanged,
            (await _silos.TrySignInAsync(SessionToken.Create(), signedIn.Subject, stamp: signedIn.SecurityStamp)).Status);
        Assert.False(await account.ChangePasswordAsync(new PasswordChange(signedIn.SecurityStamp, "another", null)));
        Assert.True(await account.ChangePasswordAsync(new PasswordChange(signedIn.SecurityStamp, "new hash", here.SessionId)));
    }

    [Fact]
    public async Task L8_a_change_that_was_cut_short_is_finished_after_the_next_attempt_at_the_latest()
    {
        var account = await RegisterAsync("ann");
        var signedIn = await CompleteAsync(account, await account.BeginAttemptAsync(null), "phone");
        var token = SessionToken.Create();
        await _silos.TrySignInAsync(token, signedIn.Subject, stamp: signedIn.SecurityStamp);
        _silos.Store.FailNextWrite(_silos.User(signedIn.Subject).GetGrainId(), StoreFault.Refused);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            account.ChangePasswordAsync(new PasswordChange(signedIn.SecurityStamp, "new hash", null)));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        await account.BeginAttemptAsync(null);

        // No sign-in with the old password from now on, and soon no session of one.
        Assert.Equal(SignInStatus.CredentialsChanged,
            (await _silos.TrySignInAsync(SessionToken.Create(), signedIn.Subject, stamp: signedIn.SecurityStamp)).Status);
        var answer = await _silos.ValidateAsync(token);
        while (answer.Status == SessionStatus.Active)
        {
            answer = await _silos.ValidateAsync(token);
        }

        Assert.Equal(RevocationReason.PasswordChanged, answer.Reason);
    }

    [Fact]
    public async Task F2_a_changed_password_that_waits_for_a_dead_front_end_keeps_no_sign_in_waiting()
    {
        await using var silos = await TestSilos.StartAsync();
        var (account, holder) = (silos.Account("ann"), silos.NewHolder());
        await account.RegisterAsync(new AccountRegistration("ann", Hash));
        var signedIn = await CompleteAsync(account, await account.BeginAttemptAsync(null), "phone");
        var token = SessionToken.Create();
        await silos.TrySignInAsync(token, signedIn.Subject, stamp: signedIn.SecurityStamp);
        await silos.ValidateTwiceAsync(token, holder);
        holder.Hold();
        var change = account.ChangePasswordAsync(new PasswordChange(signedIn.SecurityStamp, "new hash", null));
        await holder.FirstDrop;

        Assert.True((await account.BeginAttemptAsync("phone")).Allowed);
        Assert.False(change.IsCompleted);
        holder.Release();
        Assert.True(await change);
    }

    [Fact]
    public async Task F2_a_session_that_cannot_be_read_does_not_stop_a_changed_password_from_ending_the_others()
    {
        var account = await RegisterAsync("ann");
        var signedIn = await CompleteAsync(account, await account.BeginAttemptAsync(null), "phone");
        var (damaged, other) = (SessionToken.Create(), SessionToken.Create());
        await _silos.TrySignInAsync(damaged, signedIn.Subject, stamp: signedIn.SecurityStamp);
        await _silos.TrySignInAsync(other, signedIn.Subject, stamp: signedIn.SecurityStamp);
        await _silos.DeactivateAsync(_silos.Session(damaged.SessionId));
        _silos.Store.Put(_silos.Session(damaged.SessionId).GetGrainId(), "{");

        Assert.True(await account.ChangePasswordAsync(new PasswordChange(signedIn.SecurityStamp, "new hash", null)));

        Assert.Equal(RevocationReason.PasswordChanged, (await _silos.ValidateAsync(other)).Reason);
        Assert.True((await account.BeginAttemptAsync("phone")).Allowed);
    }

    private async Task<IAccountGrain> RegisterAsync(string name)
    {
        Assert.True(await _silos.Account(name).RegisterAsync(new AccountRegistration(name, Hash)));
        return _silos.Account(name);
    }

    private static Task<AttemptResult> CompleteAsync(IAccountGrain account, PasswordAttempt attempt, string device) =>
        account.CompleteAttemptAsync(new AttemptCompletion { Number = attempt.Number, Device = device, PasswordHash = Hash });
}
