using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class SessionAdministrationTests : IAsyncLifetime
{
    private TestSilos? _silos;
    private TestApplication? _application;

    private TestSilos Silos => _silos!;

    private TestApplication Application => _application!;

    private ISessionAdministration Administration => Application.Administration;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync();
        _application = Start(Silos.Cluster.Client);
    }

    public async Task DisposeAsync()
    {
        await Application.DisposeAsync();
        await Silos.DisposeAsync();
    }

    [Fact]
    public async Task L8_it_lists_a_users_sessions()
    {
        var (laptop, phone) = (await SignInAsync(), await SignInAsync());
        await SignInAsync("bob");

        var list = await Administration.ListAsync("ann");

        Assert.Equal(
            new[] { laptop.SessionId, phone.SessionId }.Order(StringComparer.Ordinal),
            list.Select(static each => each.SessionId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task L8_it_ends_one_session_and_the_browser_that_holds_it_can_be_told_why()
    {
        var (laptop, phone) = (await SignInAsync(), await SignInAsync());

        Assert.True(await Administration.RevokeAsync("ann", phone.SessionId));

        Assert.Equal(RevocationReason.RevokedByAdmin, await EndOfAsync(phone));
        Assert.Equal(RevocationReason.None, await EndOfAsync(laptop));
        Assert.Equal(laptop.SessionId, Assert.Single(await Administration.ListAsync("ann")).SessionId);
    }

    [Fact]
    public async Task A_session_can_be_ended_for_a_reason_of_the_callers_choice()
    {
        var session = await SignInAsync();

        Assert.True(await Administration.RevokeAsync("ann", session.SessionId, RevocationReason.RevokedByUser));

        Assert.Equal(RevocationReason.RevokedByUser, await EndOfAsync(session));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reason_in_the_applications_own_words_reaches_requests_and_watches(bool isOneAlone)
    {
        var session = await SignInAsync();
        await using var watch = Application.Get<ISessionWatcher>().Watch(Application.Request(session));
        const string Text = "Laptop reported stolen, ticket 4711.";

        await (isOneAlone
            ? (Task)Administration.RevokeAsync("ann", session.SessionId, reasonText: Text)
            : Administration.RevokeAllAsync("ann", reasonText: Text));

        await Wait.UntilAsync(() => watch.Ended.IsCancellationRequested);
        Assert.Equal((RevocationReason.RevokedByAdmin, Text), (watch.Reason, watch.ReasonText));
        var context = Application.Request(session);
        await context.AuthenticateAsync();
        Assert.Equal((RevocationReason.RevokedByAdmin, Text), (context.SessionFeature().EndedBy, context.SessionFeature().ReasonText));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("stolen\nSession AAAA signed in.")]
    [InlineData("stolen\u2028")]
    [InlineData("stolen\u202E")]
    [InlineData("stolen\u001b[2J")]
    [InlineData("stolen\uD800")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task C27_a_reason_that_could_forge_a_log_is_refused(string text)
    {
        var session = await SignInAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Administration.RevokeAsync("ann", session.SessionId, reasonText: text));
        await Assert.ThrowsAsync<ArgumentException>(() => Administration.RevokeAllAsync("ann", reasonText: text));

        Assert.Equal(RevocationReason.None, await EndOfAsync(session));
    }

    [Fact]
    public async Task A_stamp_refuses_sign_ins_with_an_earlier_one_and_ends_nothing()
    {
        var session = await SignInAsync();

        await Administration.SetSecurityStampAsync("ann", "second");

        Assert.Equal(RevocationReason.None, await EndOfAsync(session));
        Assert.Equal(SignInStatus.CredentialsChanged, (await SignInAsync("ann", "first")).Status);
        Assert.Equal(SignInStatus.SignedIn, (await SignInAsync("ann", "second")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no session ID")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_none_of_the_users_sessions_is_not_ended(string? sessionId) =>
        Assert.False(await Administration.RevokeAsync("ann", sessionId));

    [Fact]
    public async Task I5_another_users_session_is_not_ended()
    {
        var bobs = await SignInAsync("bob");

        Assert.False(await Administration.RevokeAsync("ann", bobs.SessionId));

        Assert.Equal(RevocationReason.None, await EndOfAsync(bobs));
    }

    [Fact]
    public async Task L8_it_ends_all_sessions_but_one()
    {
        var (kept, other, third) = (await SignInAsync(), await SignInAsync(), await SignInAsync());

        Assert.Equal(2, await Administration.RevokeAllAsync("ann", RevocationReason.RevokedByUser, kept.SessionId));

        Assert.Equal(RevocationReason.None, await EndOfAsync(kept));
        Assert.Equal(RevocationReason.RevokedByUser, await EndOfAsync(other));
        Assert.Equal(RevocationReason.RevokedByUser, await EndOfAsync(third));
    }

    [Fact]
    public async Task L8_it_ends_all_sessions()
    {
        var (first, second) = (await SignInAsync(), await SignInAsync());

        Assert.Equal(2, await Administration.RevokeAllAsync("ann"));

        Assert.Equal(RevocationReason.RevokedByAdmin, await EndOfAsync(first));
        Assert.Equal(RevocationReason.RevokedByAdmin, await EndOfAsync(second));
        Assert.Empty(await Administration.ListAsync("ann"));
    }

    [Fact]
    public async Task L11_it_changes_the_claims_in_all_of_a_users_sessions_at_once()
    {
        SessionToken[] sessions = [await SignInAsync(), await SignInAsync()];
        await Task.WhenAll(sessions.Select(AuthenticateAsync));

        await Administration.RefreshClaimsAsync("ann");

        Assert.All(await Task.WhenAll(sessions.Select(AuthenticateAsync)), result => Assert.True(result.Principal!.IsInRole("admin")));
        Assert.All(await Task.WhenAll(sessions.Select(AuthenticateAsync)), result => Assert.True(result.Principal!.IsInRole("admin")));
    }

    [Fact]
    public async Task L11_claims_cannot_be_made_again_without_a_source_of_them()
    {
        await using var application = new TestApplication(Application.Get<IClusterClient>());

        await Assert.ThrowsAsync<InvalidOperationException>(() => application.Administration.RefreshClaimsAsync("ann"));
    }

    [Fact]
    public async Task I5_a_source_that_makes_the_claims_of_another_user_is_not_believed()
    {
        await using var application = new TestApplication(
            Application.Get<IClusterClient>(), configure: static services => services.AddScoped<IClaimsSource, MakesBob>());
        var session = await SignInAsync();
        await application.Administration.RefreshClaimsAsync("ann");

        await Assert.ThrowsAsync<InvalidOperationException>(() => application.Request(session).AuthenticateAsync());
    }

    private static TestApplication Start(IClusterClient client) =>
        new(client, configure: static services => services.AddScoped<IClaimsSource, MakesAdmins>());

    private sealed class MakesAdmins : IClaimsSource
    {
        public ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken)
        {
            current.Identities.First().AddClaim(new Claim(ClaimTypes.Role, "admin"));
            return new(current);
        }
    }

    private sealed class MakesBob : IClaimsSource
    {
        public ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken) =>
            new(TestApplication.User("bob"));
    }

    private async Task<SessionToken> SignInAsync(string subject = "ann")
    {
        var context = Application.Request();
        await Application.Browser.SignInAsync(context, new BrowserSignIn(TestApplication.User(subject)));
        return TestApplication.TokenIn(context)!.Value;
    }

    private Task<SessionSignInResult> SignInAsync(string subject, string stamp) => Application.Browser.SignInAsync(
        Application.Request(), new BrowserSignIn(TestApplication.User(subject), SecurityStamp: stamp));

    private async Task<RevocationReason> EndOfAsync(SessionToken token)
    {
        var context = Application.Request(token);
        await context.AuthenticateAsync();
        return context.SessionFeature().EndedBy;
    }

    private Task<AuthenticateResult> AuthenticateAsync(SessionToken token) => Application.Request(token).AuthenticateAsync();
}
