using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Sessions;

/// <summary>Sessions whose sign-in asks for an end before that of the policy.</summary>
public sealed class EarlierEndTests : IAsyncLifetime
{
    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync(("OrleansSessions:Leases:Enabled", "false"));

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task L3_it_ends_the_session_also_after_the_loss_of_its_activation()
    {
        var end = _silos.Clock.GetUtcNow().AddMinutes(10);
        var token = await SignInAsync(end);
        Assert.Equal(end, (await _silos.ValidateAsync(token)).Session!.ExpiresAt);
        Assert.Equal(end, Assert.Single(await _silos.User("ann").ListAsync()).ExpiresAt);
        await _silos.DeactivateAsync(_silos.Session(token.SessionId));

        _silos.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(SessionStatus.Active, await _silos.StatusAsync(token));
        _silos.Advance(TimeSpan.FromTicks(1));

        var result = await _silos.ValidateAsync(token);
        Assert.Equal((SessionStatus.Expired, RevocationReason.AbsoluteTimeout), (result.Status, result.Reason));
        Assert.Empty(await _silos.User("ann").ListAsync());
    }

    [Fact]
    public async Task L3_a_session_that_was_to_end_in_the_past_is_over_at_once()
    {
        var token = await SignInAsync(_silos.Clock.GetUtcNow().AddDays(-2));

        Assert.Equal(SessionStatus.Expired, await _silos.StatusAsync(token));
    }

    private async Task<SessionToken> SignInAsync(DateTimeOffset end)
    {
        var token = SessionToken.Create();
        var result = await _silos.Session(token.SessionId).SignInAsync(new SignInRequest
        {
            SecretHash = token.SecretHash,
            Subject = "ann",
            Ticket = [1, 2, 3],
            Client = new ClientInfo("Browser", "192.0.2.1"),
            ExpiresAt = end,
        });
        Assert.Equal(SignInStatus.SignedIn, result.Status);
        return token;
    }
}
