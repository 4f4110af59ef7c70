using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Records that are damaged, or that a newer release wrote.</summary>
public sealed class BadRecordTests : IAsyncLifetime
{
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"), ("OrleansSessions:Sessions:MaxPerUser", "3"));

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    public static TheoryData<string> Damages => ["{\"v\":[]}", "{", "", "null", "{}", "[]", "{\"v\":1,\"hash\":\"short\"}", "{\"v\":1,\"hash\":7}", "{\"v\":1}"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task F13_a_damaged_record_is_a_failure_and_not_the_absence_of_a_session(string json)
    {
        var token = await DamagedAsync("ann", json);
        var grain = _silos.Session(token.SessionId);

        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.StatusAsync(token));
        await Assert.ThrowsAnyAsync<OrleansException>(() => grain.RotateAsync(new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = token.SecretHash }));
        await Assert.ThrowsAnyAsync<OrleansException>(() => grain.RevokeAsync(
            new RevocationRequest { Reason = RevocationReason.SignedOut, ProofOfPossession = token.SecretHash }));
        Assert.Equal(json, _silos.Store.TextOf(grain.GetGrainId()));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task F2_a_damaged_record_takes_no_other_session_of_the_user_with_it_and_can_be_ended(string json)
    {
        var damaged = await DamagedAsync("ann", json);
        var sound = await _silos.SignInAndUseAsync("ann");

        var list = await _silos.User("ann").ListAsync();
        Assert.Equal([(sound.SessionId, true), (damaged.SessionId, false)], list.Select(each => (each.SessionId, each.IsReadable)));

        Assert.Equal(2, await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByUser)));
        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(sound));
        Assert.NotEqual(SessionStatus.Active, await _silos.StatusAsync(damaged));
        Assert.Empty(await _silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task F2_a_damaged_record_makes_room_like_any_other_session()
    {
        await DamagedAsync("ann", "{");
        await _silos.SignInAndUseAsync("ann");
        await _silos.SignInAndUseAsync("ann");

        for (var i = 0; i < 4; i++)
        {
            await _silos.SignInAndUseAsync("ann");
        }

        Assert.Equal(3, (await _silos.User("ann").ListAsync()).Length);
    }

    [Fact]
    public async Task F10_a_record_of_a_newer_release_is_read_and_ended_and_never_changed()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        var session = _silos.Session(token.SessionId);
        var id = session.GetGrainId();
        await _silos.DeactivateAsync(session);
        _silos.Store.Put(id, _silos.Store.TextOf(id)!.Replace("\"v\":1", "\"v\":2,\"later\":{\"a\":1}", StringComparison.Ordinal));
        var stored = _silos.Store.TextOf(id);
        _silos.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        await Assert.ThrowsAnyAsync<OrleansException>(() => session.RotateAsync(
            new RotationRequest { Ticket = [1, 2, 3], Current = token.SecretHash, Next = token.Rotate().SecretHash }));
        await _silos.DeactivateAsync(session);
        Assert.Equal(stored, _silos.Store.TextOf(id));

        Assert.Equal(SessionStatus.Active, (await _silos.RevokeAsync(token)).Status);
        Assert.Equal(SessionStatus.Revoked, await _silos.StatusAsync(token));
    }

    [Fact]
    public async Task F10_what_a_newer_release_has_added_to_the_form_is_stored_again()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await AddAsync(_silos.Session(token.SessionId), "\"added\":\"x\"");
        await AddAsync(_silos.User("ann"), "\"added\":\"y\"");
        _silos.Advance(TimeSpan.FromMinutes(10));

        await _silos.StatusAsync(token);
        await _silos.SignInAsync("ann");

        Assert.Contains("\"added\":\"x\"", _silos.Store.TextOf(_silos.Session(token.SessionId).GetGrainId())!, StringComparison.Ordinal);
        Assert.Contains("\"added\":\"y\"", _silos.Store.TextOf(_silos.User("ann").GetGrainId())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F10_an_index_of_a_newer_release_is_read_and_not_changed()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        var id = _silos.User("ann").GetGrainId();
        await _silos.DeactivateAsync(_silos.User("ann"));
        _silos.Store.Put(id, _silos.Store.TextOf(id)!.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal));
        var stored = _silos.Store.TextOf(id);

        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.TrySignInAsync(SessionToken.Create(), "ann"));
        Assert.Equal([token.SessionId], (await _silos.User("ann").ListAsync()).Select(each => each.SessionId));
        Assert.Equal(stored, _silos.Store.TextOf(id));
    }

    private async Task AddAsync(IAddressable grain, string member)
    {
        await _silos.DeactivateAsync(grain);
        var id = grain.GetGrainId();
        _silos.Store.Put(id, "{" + member + "," + _silos.Store.TextOf(id)![1..]);
    }

    private async Task<SessionToken> DamagedAsync(string subject, string json)
    {
        var token = await _silos.SignInAndUseAsync(subject);
        _silos.Advance(TimeSpan.FromSeconds(1));
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));
        _silos.Store.Put(_silos.Session(token.SessionId).GetGrainId(), json);
        return token;
    }
}
