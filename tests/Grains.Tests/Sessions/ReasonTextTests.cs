using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Reasons for the end of a session in the application's own words.</summary>
public sealed class ReasonTextTests : IAsyncLifetime
{
    private const string Text = "Ticket 4711: gerät gestohlen 💻";

    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task It_is_kept_with_the_session()
    {
        var token = await _silos.SignInAndUseAsync("ann");

        Assert.True(await _silos.User("ann").RevokeAsync(new RevokeOneRequest(token.SessionId, RevocationReason.RevokedByAdmin, Text)));
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));

        var result = await _silos.ValidateAsync(token);
        Assert.Equal((RevocationReason.RevokedByAdmin, Text), (result.Reason, result.ReasonText));
    }

    [Fact]
    public async Task Those_who_hold_leases_are_told()
    {
        var token = await _silos.SignInAsync("ann");
        var holder = _silos.NewHolder();
        Assert.NotEqual(TimeSpan.Zero, (await _silos.ValidateTwiceAsync(token, holder)).Lease);

        await _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByAdmin) { ReasonText = Text });

        Assert.Equal([new LeaseDrop(token.SessionId, RevocationReason.RevokedByAdmin) { ReasonText = Text }], holder.Drops);
    }

    [Fact]
    public async Task The_first_end_is_the_one_that_is_kept()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await _silos.RevokeAsync(token);

        await _silos.Session(token.SessionId).RevokeAsync(new RevocationRequest { Reason = RevocationReason.RevokedByAdmin, ReasonText = Text });

        Assert.Null((await _silos.ValidateAsync(token)).ReasonText);
    }

    [Fact]
    public async Task C27_a_text_that_could_forge_a_log_is_refused_here_as_well()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        const string Forged = "stolen\nSession AAAA signed in.";

        await Assert.ThrowsAsync<ArgumentException>(
            () => _silos.User("ann").RevokeAsync(new RevokeOneRequest(token.SessionId, RevocationReason.RevokedByAdmin, Forged)));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _silos.User("ann").RevokeAllAsync(new RevokeAllRequest(RevocationReason.RevokedByAdmin) { ReasonText = Forged }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _silos.Session(token.SessionId).RevokeAsync(new RevocationRequest { Reason = RevocationReason.RevokedByAdmin, ReasonText = Forged }));

        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
    }
}
