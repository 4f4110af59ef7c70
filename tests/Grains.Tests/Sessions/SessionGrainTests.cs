using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

public sealed class SessionGrainTests : IAsyncLifetime
{
    private static readonly (string Key, string Value) NoLeases = ("OrleansSessions:Leases:Enabled", "false");

    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(NoLeases);

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task A_signed_in_session_is_active_and_answers_what_it_was_given()
    {
        var token = await _silos.SignInAsync("ann");

        var result = await _silos.ValidateAsync(token);

        Assert.Equal(SessionStatus.Active, result.Status);
        Assert.Equal("ann", result.Session!.Subject);
        Assert.Equal([1, 2, 3], result.Session.Ticket);
        Assert.Equal(token.SessionId, result.Session.SessionId);
        Assert.Equal(TimeSpan.FromHours(1), result.Session.IdleTimeout);
    }

    [Fact]
    public async Task I1_a_login_survives_the_loss_of_its_activation()
    {
        var token = await _silos.SignInAsync("ann");

        await _silos.DeactivateAsync(_silos.Session(token.SessionId));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task T1_another_secret_for_the_same_session_ID_finds_nothing()
    {
        var token = await _silos.SignInAsync("ann");

        Assert.Equal(SessionStatus.NotFound, await _silos.StatusAsync(token.Rotate()));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task T5_asking_for_IDs_that_were_never_issued_stores_nothing_and_keeps_no_activation()
    {
        var before = _silos.Store.Count;
        var tokens = Enumerable.Range(0, 200).Select(_ => SessionToken.Create()).ToArray();

        var statuses = await Task.WhenAll(tokens.Select(_silos.StatusAsync));

        Assert.All(statuses, status => Assert.Equal(SessionStatus.NotFound, status));
        Assert.Equal(before, _silos.Store.Count);
        foreach (var token in tokens)
        {
            await _silos.Cluster.WaitForDeactivationAsync(_silos.Session(token.SessionId));
        }
    }

    [Fact]
    public async Task A_session_ID_signs_in_once()
    {
        var token = await _silos.SignInAsync("ann");

        Assert.Equal(SignInStatus.AlreadyUsed, (await _silos.TrySignInAsync(token, "bob")).Status);
        await _silos.RevokeAsync(token);
        Assert.Equal(SignInStatus.AlreadyUsed, (await _silos.TrySignInAsync(token, "bob")).Status);
    }

    [Fact]
    public async Task I5_an_ID_that_is_another_users_session_does_not_get_into_an_index()
    {
        var token = await _silos.SignInAsync("ann");
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));

        Assert.Equal(SignInStatus.AlreadyUsed, (await _silos.TrySignInAsync(token, "bob")).Status);

        Assert.Empty(await _silos.User("bob").ListAsync());
        Assert.Single(await _silos.User("ann").ListAsync());
        Assert.Equal("ann", (await _silos.ValidateAsync(token)).Session!.Subject);
    }

    [Fact]
    public async Task A_sign_in_writes_its_record_and_does_not_read_it_first()
    {
        var token = await _silos.SignInAsync("ann");
        var grain = _silos.Session(token.SessionId).GetGrainId();

        Assert.Equal(0, _silos.Store.ReadsOf(grain));
        Assert.Equal(1, _silos.Store.WritesOf(grain));
    }

    [Fact]
    public async Task A_read_serves_the_validations_that_were_there_before_it_was_sent_and_no_later_one()
    {
        const int Later = 7;
        var waiting = new WaitingValidations(1 + Later);
        var clock = new FakeTimeProvider();
        var store = new TestStore(clock);
        await using var silos = await TestSilos.StartAsync(
            store, clock, silos: 1, services => services.AddSingleton<IIncomingGrainCallFilter>(waiting), NoLeases);
        var token = await silos.SignInAsync("ann");
        store.HoldReads();
        var first = silos.StatusAsync(token);
        await store.FirstHeldRead;

        var later = Enumerable.Range(0, Later).Select(_ => silos.StatusAsync(token)).ToArray();
        await waiting.All;
        store.ReleaseReads();

        Assert.All(await Task.WhenAll([first, .. later]), status => Assert.Equal(SessionStatus.Active, status));
        Assert.Equal(2, store.ReadsOf(silos.Session(token.SessionId).GetGrainId()));
    }

    [Theory]
    [InlineData(RevocationReason.SignedOut)]
    [InlineData(RevocationReason.RevokedByAdmin)]
    [InlineData(RevocationReason.PasswordChanged)]
    public async Task L6_a_revoked_session_stays_revoked_and_keeps_its_reason(RevocationReason reason)
    {
        var token = await _silos.SignInAsync("ann");

        var result = await _silos.RevokeAsync(token, reason);
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        var answer = await _silos.ValidateAsync(token);

        Assert.Equal(SessionStatus.Active, result.Status);
        Assert.Equal(SessionStatus.Revoked, answer.Status);
        Assert.Equal(reason, answer.Reason);
        Assert.Null(answer.Session);
    }

    [Fact]
    public async Task I3_what_reaches_a_session_after_its_end_writes_nothing()
    {
        var token = await _silos.SignInAsync("ann");
        await _silos.RevokeAsync(token);
        var grain = _silos.Session(token.SessionId);
        var stored = _silos.Store.TextOf(grain.GetGrainId());

        await _silos.StatusAsync(token);
        await _silos.Indexed(token.SessionId).DescribeAsync();
        await _silos.Indexed(token.SessionId).SettleAsync();
        await grain.AbandonAsync(new Abandonment(token.SecretHash, "ann"));
        var rotation = await grain.RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = token.Rotate().SecretHash });
        var again = await _silos.RevokeAsync(token, RevocationReason.RevokedByAdmin);

        Assert.Equal(SessionStatus.Revoked, rotation.Status);
        Assert.Equal(SessionStatus.Revoked, again.Status);
        Assert.Equal(stored, _silos.Store.TextOf(grain.GetGrainId()));
    }

    [Fact]
    public async Task The_tombstone_holds_nothing_of_the_user_that_is_not_needed()
    {
        var token = await _silos.SignInAsync("ann");

        await _silos.RevokeAsync(token);

        var stored = _silos.Store.TextOf(_silos.Session(token.SessionId).GetGrainId())!;
        Assert.DoesNotContain("Browser", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.1", stored, StringComparison.Ordinal);
        Assert.Contains("\"ticket\":\"\"", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T10_the_store_holds_the_hash_of_the_secret_only()
    {
        var token = await _silos.SignInAsync("ann");

        var stored = _silos.Store.TextOf(_silos.Session(token.SessionId).GetGrainId())!;

        Assert.DoesNotContain(token.ToCookieValue()[SessionToken.SessionIdLength..], stored, StringComparison.Ordinal);
        Assert.Contains(token.SecretHash.ToBase64Url(), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_with_the_wrong_proof_of_possession_ends_nothing()
    {
        var token = await _silos.SignInAsync("ann");
        var forged = new RevocationRequest { Reason = RevocationReason.SignedOut, ProofOfPossession = token.Rotate().SecretHash };

        var result = await _silos.Session(token.SessionId).RevokeAsync(forged);

        Assert.Equal(SessionStatus.NotFound, result.Status);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task L2_a_session_ends_when_it_goes_unused_for_its_idle_timeout()
    {
        var token = await _silos.SignInAndUseAsync("ann");

        _silos.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        _silos.Advance(TimeSpan.FromMinutes(60));
        var answer = await _silos.ValidateAsync(token);

        Assert.Equal(SessionStatus.Expired, answer.Status);
        Assert.Equal(RevocationReason.IdleTimeout, answer.Reason);
    }

    [Fact]
    public async Task L3_activity_does_not_move_the_absolute_timeout()
    {
        var token = await _silos.SignInAsync("ann");
        for (var used = TimeSpan.Zero; used < TimeSpan.FromHours(23.5); used += TimeSpan.FromMinutes(30))
        {
            Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
            _silos.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        _silos.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(RevocationReason.AbsoluteTimeout, (await _silos.ValidateAsync(token)).Reason);
    }

    [Fact]
    public async Task A_remembered_session_has_timeouts_of_its_own()
    {
        var token = await _silos.SignInAndUseAsync("ann", rememberMe: true);

        _silos.Advance(TimeSpan.FromDays(13));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        _silos.Advance(TimeSpan.FromDays(14));
        Assert.Equal(SessionStatus.Expired, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task Last_seen_is_written_once_per_interval_and_not_per_request()
    {
        var token = await _silos.SignInAsync("ann");
        var grain = _silos.Session(token.SessionId).GetGrainId();
        var before = _silos.Store.WritesOf(grain);
        for (var i = 0; i < 120; i++)
        {
            _silos.Advance(TimeSpan.FromSeconds(10));
            await _silos.StatusAsync(token);
        }

        // 20 minutes of use; the interval is a twentieth of the idle timeout of one hour.
        Assert.InRange(_silos.Store.WritesOf(grain) - before, 1, 7);
    }

    [Fact]
    public async Task L5_one_of_several_rotations_at_once_succeeds_and_the_old_secret_is_dead()
    {
        var token = await _silos.SignInAsync("ann");
        var successors = Enumerable.Range(0, 50).Select(_ => token.Rotate()).ToArray();

        var results = await Task.WhenAll(successors.Select(next => _silos.Session(token.SessionId)
            .RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash })));

        Assert.Single(results, result => result.Status == SessionStatus.Active);
        Assert.Equal(SessionStatus.NotFound, await _silos.StatusAsync(token));
        var statuses = await Task.WhenAll(successors.Select(_silos.StatusAsync));
        Assert.Single(statuses, SessionStatus.Active);
    }

    [Fact]
    public async Task L5_a_replaced_secret_is_harmless_for_a_moment_and_theft_later()
    {
        var token = await _silos.SignInAsync("ann");
        var next = token.Rotate();
        await _silos.Session(token.SessionId).RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash });

        Assert.Equal(SessionStatus.NotFound, await _silos.StatusAsync(token));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(next));
        _silos.Advance(TimeSpan.FromMinutes(2));
        var renewal = new ValidationRequest { SecretHash = token.SecretHash, IsRenewal = true };
        Assert.Equal(SessionStatus.NotFound, (await _silos.Session(token.SessionId).ValidateAsync(renewal)).Status);
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(next));
        Assert.Equal(SessionStatus.NotFound, await _silos.StatusAsync(token));

        var answer = await _silos.ValidateAsync(next);
        Assert.Equal(RevocationReason.TokenReuse, answer.Reason);
    }

    [Fact]
    public async Task C30_the_holder_of_a_secret_that_was_just_replaced_is_told_so()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        var next = token.Rotate();
        await _silos.Session(token.SessionId).RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash });

        var answer = await _silos.ValidateAsync(token);

        Assert.Equal((SessionStatus.NotFound, RevocationReason.SecretReplaced), (answer.Status, answer.Reason));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(next));
    }

    [Fact]
    public async Task F21_a_call_with_a_wrong_secret_is_not_a_use_of_the_session()
    {
        await using var silos = await TestSilos.StartAsync();
        var (token, holder) = (await silos.SignInAndUseAsync("ann"), silos.NewHolder());
        await silos.DeactivateAsync(silos.Session(token.SessionId));
        await silos.ValidateAsync(token.Rotate(), holder);
        await silos.ValidateAsync(token.Rotate(), holder);

        await silos.ValidateAsync(token, holder);

        Assert.Equal(TimeSpan.Zero, silos.Store.Windows.RestOf(silos.Session(token.SessionId).GetGrainId()));
    }

    [Fact]
    public async Task F16_the_age_of_a_proof_is_told_as_an_age()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        _silos.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(TimeSpan.FromMinutes(7), (await _silos.ValidateAsync(token)).Session!.AuthenticationAge);
    }

    [Fact]
    public async Task L6_a_sign_out_that_a_rotation_overtook_ends_the_session_all_the_same()
    {
        var token = await _silos.SignInAsync("ann");
        var next = token.Rotate();
        var grain = _silos.Session(token.SessionId);
        await grain.RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = next.SecretHash });

        var result = await grain.RevokeAsync(
            new RevocationRequest { Reason = RevocationReason.SignedOut, ProofOfPossession = token.SecretHash });

        Assert.Equal(SessionStatus.Active, result.Status);
        Assert.Equal(RevocationReason.SignedOut, (await _silos.ValidateAsync(next)).Reason);
    }

    [Fact]
    public async Task L15_a_rotation_after_proof_of_identity_renews_the_authentication_time()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        _silos.Advance(TimeSpan.FromMinutes(30));
        var next = token.Rotate();

        await _silos.Session(token.SessionId).RotateAsync(
            new RotationRequest { Current = token.SecretHash, Next = next.SecretHash, Reauthenticated = true, Ticket = [9] });
        var session = (await _silos.ValidateAsync(next)).Session!;

        Assert.Equal(_silos.Clock.GetUtcNow(), session.AuthenticatedAt);
        Assert.Equal([9], session.Ticket);
        Assert.Equal(1, session.Revision);
    }

    [Theory]
    [InlineData(StoreFault.Refused)]
    [InlineData(StoreFault.AnswerLost)]
    public async Task A_revocation_whose_write_fails_is_not_acknowledged_and_can_be_repeated(StoreFault fault)
    {
        var token = await _silos.SignInAsync("ann");
        _silos.Store.FailNextWrite(_silos.Session(token.SessionId).GetGrainId(), fault);

        await Assert.ThrowsAnyAsync<Exception>(() => _silos.RevokeAsync(token));
        await _silos.RevokeAsync(token);

        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task I7_a_store_that_is_down_is_an_error_and_not_the_end_of_a_session()
    {
        var token = await _silos.SignInAsync("ann");
        _silos.Store.IsDown = true;

        await Assert.ThrowsAnyAsync<Exception>(() => _silos.StatusAsync(token));
        _silos.Store.IsDown = false;

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task L4_the_store_may_collect_a_record_only_after_it_has_ended_by_the_rules()
    {
        var token = await _silos.SignInAsync("ann");
        var grain = _silos.Session(token.SessionId).GetGrainId();

        Assert.Equal(TimeSpan.FromHours(3), _silos.Expiry.Of(grain));
        await _silos.RevokeAsync(token);
        Assert.Equal(TimeSpan.FromDays(1), _silos.Expiry.Of(grain));
    }

    [Fact]
    public async Task A_ticket_that_is_too_large_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SignInWithTooLargeATicketAsync(SessionToken.Create()));

    [Fact]
    public async Task A_record_in_the_form_of_the_first_release_is_read()
    {
        var token = SessionToken.Create();
        _silos.Store.Put(_silos.Session(token.SessionId).GetGrainId(), $$"""
            {"v":1,"sub":"ann","hash":"{{token.SecretHash.ToBase64Url()}}","prev":null,"rotated":null,"ticket":"AQID",
             "created":"2026-01-01T00:00:00+00:00","authenticated":"2026-01-01T00:00:00+00:00","seen":"2026-01-01T00:00:00+00:00",
             "expires":"2026-01-02T00:00:00+00:00","idle":"01:00:00","remember":false,"agent":"Browser","address":"192.0.2.1",
             "revision":0,"owned":"0001-01-01T00:00:00+00:00","ended":0,"endedAt":null}
            """);

        var answer = await _silos.ValidateAsync(token);

        Assert.Equal(SessionStatus.Active, answer.Status);
        Assert.Equal([1, 2, 3], answer.Session!.Ticket);
    }

    private Task<SessionSignInResult> SignInWithTooLargeATicketAsync(SessionToken token) =>
        _silos.Session(token.SessionId).SignInAsync(new SignInRequest
        {
            SecretHash = token.SecretHash,
            Subject = "ann",
            Ticket = new byte[WireLimits.MaxTicketBytes + 1],
            Client = new ClientInfo(null, null),
        });
}
