using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>Sign-ins through the library, at real silos, with answers that come late or never.</summary>
public sealed class BrowserSessionsTests : IAsyncLifetime
{
    private static readonly BrowserSignIn Ann = new(TestApplication.User("ann"));

    private readonly ClientFaults _faults = new();
    private readonly TaskCompletionSource _takenBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestSilos? _silos;
    private TestApplication? _application;

    private TestSilos Silos => _silos!;

    private TestApplication Application => _application!;

    public async Task InitializeAsync()
    {
        var clock = new PausingClock();
        _silos = await TestSilos.StartAsync(
            new TestStore(clock),
            clock,
            silos: 1,
            services => services.AddSingleton<IOutgoingGrainCallFilter>(_faults),
            ("OrleansSessions:Sessions:MaxPerUser", "1"),
            ("OrleansSessions:Sessions:LimitPolicy", "Reject"));
        _application = Start(Silos.Cluster.Client);
    }

    public async Task DisposeAsync()
    {
        await Application.DisposeAsync();
        await Silos.DisposeAsync();
    }

    [Fact]
    public async Task F3_a_sign_in_whose_answer_was_lost_is_repeated_and_finds_its_session()
    {
        var tries = 0;
        _faults.Between = async (method, call) =>
        {
            await call();
            if (method == nameof(ISessionGrain.SignInAsync) && Interlocked.Increment(ref tries) == 1)
            {
                throw new TimeoutException();
            }
        };
        var context = Application.Request();

        var result = await Application.Browser.SignInAsync(context, Ann);

        Assert.Equal(SignInStatus.SignedIn, result.Status);
        Assert.Equal(TestApplication.TokenIn(context)!.Value.SessionId, Assert.Single(await ListAsync()));
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task F3_a_sign_in_that_is_never_answered_leaves_no_session()
    {
        _faults.Between = async (method, call) =>
        {
            await call();
            NoteTakenBack(method);
            if (method == nameof(ISessionGrain.SignInAsync))
            {
                throw new TimeoutException();
            }
        };
        var context = Application.Request();

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => Application.Browser.SignInAsync(context, Ann));

        await _takenBack.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Null(TestApplication.TokenIn(context));
        Assert.Empty(await ListAsync());
        _faults.Between = null;
        Assert.Equal(SignInStatus.SignedIn, (await Application.Browser.SignInAsync(Application.Request(), Ann)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task F3_C33_a_sign_in_that_its_browser_has_left_leaves_no_session(bool isSignInCancelled)
    {
        using var aborted = new CancellationTokenSource();
        _faults.Between = async (method, call) =>
        {
            await call();
            NoteTakenBack(method);
            if (method == nameof(ISessionGrain.SignInAsync))
            {
                await aborted.CancelAsync();
            }
        };
        var context = Application.Request(aborted: aborted.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Application.Browser.SignInAsync(context, Ann, isSignInCancelled ? aborted.Token : CancellationToken.None));

        await _takenBack.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task F3_what_is_given_up_is_taken_back_with_patience()
    {
        var attempts = 0;
        _faults.Between = async (method, call) =>
        {
            if (method == nameof(ISessionGrain.AbandonAsync) && Interlocked.Increment(ref attempts) < 4)
            {
                throw new TimeoutException();
            }

            await call();
            NoteTakenBack(method);
            if (method == nameof(ISessionGrain.SignInAsync))
            {
                throw new TimeoutException();
            }
        };

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => Application.Browser.SignInAsync(Application.Request(), Ann));

        await _takenBack.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task C25_a_sign_in_in_a_signed_in_browser_counts_its_session_once()
    {
        var old = await SignInAsync();

        var @new = await SignInAsync(old);

        Assert.Equal(@new.SessionId, Assert.Single(await ListAsync()));
        Assert.Equal(SessionStatus.Revoked, await Silos.StatusAsync(old));
    }

    [Fact]
    public async Task F14_a_front_end_that_died_holding_the_old_session_does_not_delay_the_new_one()
    {
        var old = await SignInAsync();
        var holder = Silos.NewHolder();
        Assert.NotEqual(TimeSpan.Zero, (await Silos.ValidateTwiceAsync(old, holder)).Lease);
        holder.Hold();

        var @new = await SignInAsync(old);

        Assert.Equal(SessionStatus.Active, await Silos.StatusAsync(@new));
        Assert.Equal(SessionStatus.Revoked, await Silos.StatusAsync(old));
        holder.Release();
    }

    [Fact]
    public async Task F14_an_old_session_that_cannot_be_ended_fails_no_sign_in_and_ends_later()
    {
        var (mayEnd, ended) = (false, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var old = await SignInAsync(subject: "bob");
        _faults.Between = async (method, call) =>
        {
            if (method == nameof(ISessionGrain.RevokeAsync) && !Volatile.Read(ref mayEnd))
            {
                throw new OrleansException("Not now.");
            }

            await call();
            if (method == nameof(ISessionGrain.RevokeAsync))
            {
                ended.TrySetResult();
            }
        };

        var @new = await SignInAsync(old);
        Assert.Equal(SessionStatus.Active, await Silos.StatusAsync(@new));
        Assert.Equal(SessionStatus.Active, await Silos.StatusAsync(old));
        Volatile.Write(ref mayEnd, true);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(SessionStatus.Revoked, await Silos.StatusAsync(old));
        Assert.Equal(SessionStatus.Active, await Silos.StatusAsync(@new));
    }

    [Fact]
    public async Task T4_the_old_session_is_dead_when_the_answer_goes_out()
    {
        var old = await SignInAsync(subject: "bob");

        await SignInAsync(old);

        Assert.Equal(SessionStatus.Revoked, await Silos.StatusAsync(old));
    }

    [Fact]
    public async Task F21_an_application_says_which_user_a_principal_is()
    {
        await using var application = new TestApplication(
            Silos.Cluster.Client,
            configure: static services => services.Configure<SessionAuthenticationOptions>(
                SessionDefaults.AuthenticationScheme,
                static options => options.SubjectOf = static principal =>
                    principal.FindFirst(ClaimTypes.NameIdentifier)!.Issuer + "|" + principal.FindFirstValue(ClaimTypes.NameIdentifier)));
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "1", null, "https://one")], "oidc"));

        var result = await application.Browser.SignInAsync(application.Request(), new BrowserSignIn(principal));

        Assert.Equal("https://one|1", result.Session!.Subject);
    }

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData("sub")]
    public async Task F21_by_default_one_claim_identifies_the_user(string type)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(type, "ann")], "oidc"));

        var result = await Application.Browser.SignInAsync(Application.Request(), new BrowserSignIn(principal));

        Assert.Equal("ann", result.Session!.Subject);
    }

    [Fact]
    public async Task F21_a_principal_that_is_nobody_is_refused() => await Assert.ThrowsAsync<ArgumentException>(
        () => Application.Browser.SignInAsync(Application.Request(), new BrowserSignIn(new ClaimsPrincipal(new ClaimsIdentity()))));

    private static TestApplication Start(IClusterClient client) => new(
        client, settings: [("OrleansSessions:Client:RetryBudget", "00:00:02"), ("OrleansSessions:Client:RevocationBudget", "00:00:05")]);

    private async Task<SessionToken> SignInAsync(SessionToken? presented = null, string subject = "ann")
    {
        var context = Application.Request(presented);
        var result = await Application.Browser.SignInAsync(context, new BrowserSignIn(TestApplication.User(subject)));
        Assert.Equal(SignInStatus.SignedIn, result.Status);
        return TestApplication.TokenIn(context)!.Value;
    }

    private async Task<IEnumerable<string>> ListAsync() => (await Silos.User("ann").ListAsync()).Select(static each => each.SessionId);

    private void NoteTakenBack(string method)
    {
        if (method == nameof(ISessionGrain.AbandonAsync))
        {
            _takenBack.TrySetResult();
        }
    }
}
