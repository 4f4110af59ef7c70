using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.Testing;

namespace OrleansSessions.AspNetCore.Tests.Live;

/// <summary>What a circuit of Blazor Server is told of its user.</summary>
public sealed class CircuitAuthenticationTests : IAsyncLifetime
{
    private TestSilos _silos = null!;
    private TestApplication _application = null!;
    private SessionToken _token;

    public async Task InitializeAsync()
    {
        _silos = await TestSilos.StartAsync(new TestStore(TimeProvider.System), TimeProvider.System);
        _application = Start(_silos);
        var context = _application.Request();
        await _application.Browser.SignInAsync(context, new BrowserSignIn(TestApplication.User("ann")));
        _token = TestApplication.TokenIn(context)!.Value;
    }

    public async Task DisposeAsync()
    {
        await _application.DisposeAsync();
        await _silos.DisposeAsync();
    }

    [Fact]
    public async Task L6_a_circuit_signs_out_when_its_session_ends()
    {
        await using var circuit = Open(_token);
        var changed = circuit.NextStateAsync(static user => user.Identity is { IsAuthenticated: false });
        Assert.Equal("ann", (await circuit.StateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier));

        await _silos.RevokeAsync(_token, RevocationReason.RevokedByUser);

        await changed;
        Assert.False((await circuit.StateAsync()).User.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task A_circuit_that_opens_after_the_end_is_signed_out_as_well()
    {
        await _silos.RevokeAsync(_token, RevocationReason.RevokedByUser);

        await using var circuit = Open(_token);

        await Wait.UntilAsync(() => circuit.StateAsync() is { IsCompletedSuccessfully: true, Result.User.Identity.IsAuthenticated: false });
    }

    [Fact]
    public async Task A_circuit_shows_claims_that_were_made_again()
    {
        await using var circuit = Open(_token);
        // The circuit may show the present claims once more before.
        var changed = circuit.NextStateAsync(static user => user.IsInRole("editor"));

        await _application.Administration.RefreshClaimsAsync("ann");

        await changed;
        Assert.True((await circuit.StateAsync()).User.IsInRole("editor"));
    }

    [Fact]
    public async Task A_circuit_without_a_session_is_told_nothing()
    {
        await using var circuit = Open(null);

        Assert.False((await circuit.StateAsync()).User.Identity!.IsAuthenticated);
    }

    private static TestApplication Start(TestSilos silos) => new(silos.Cluster.Client, TimeProvider.System, static services =>
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddOrleansSessionsBlazor();
        services.AddSingleton<IClaimsSource, Promotion>();
    });

    private Circuit Open(SessionToken? token)
    {
        var request = _application.Request(token);
        request.User = token is null ? new ClaimsPrincipal(new ClaimsIdentity()) : TestApplication.User("ann");
        return new Circuit(_application, request);
    }

    private sealed class Circuit : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;
        private readonly AuthenticationStateProvider _provider;

        public Circuit(TestApplication application, HttpContext request)
        {
            _scope = application.Get<IServiceScopeFactory>().CreateAsyncScope();
            using var opening = application.Get<CircuitRequests>().Begin(request);
            _provider = _scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
            ((IHostEnvironmentAuthenticationStateProvider)_provider).SetAuthenticationState(Task.FromResult(new AuthenticationState(request.User)));
        }

        public Task<AuthenticationState> StateAsync() => _provider.GetAuthenticationStateAsync();

        /// <summary>Waits until the circuit tells of a user as expected.</summary>
        public async Task NextStateAsync(Predicate<ClaimsPrincipal> isExpected)
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _provider.AuthenticationStateChanged += async state =>
            {
                if (isExpected((await state).User))
                {
                    next.TrySetResult();
                }
            };
            await next.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }

    private sealed class Promotion : IClaimsSource
    {
        public ValueTask<ClaimsPrincipal> GetClaimsAsync(string subject, ClaimsPrincipal current, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, subject), new Claim(ClaimTypes.Role, "editor")], "test")));
    }
}
