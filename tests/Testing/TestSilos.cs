using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using OrleansSessions.Accounts;
using OrleansSessions.Grains;

namespace OrleansSessions.Testing;

/// <summary>An in-process cluster with a clock of the test's choice: mostly one that only the test moves.</summary>
public sealed class TestSilos : IAsyncDisposable
{
    private static readonly string[] Storages = [StorageNames.Sessions, StorageNames.UserSessions, StorageNames.Lasting];

    // The client keeps but weak references to observers. A test that waits for one is held by nothing but that: the next
    // collection would take both, and the test would wait for ever.
    private static readonly ConcurrentDictionary<TestSilos, ConcurrentBag<TestHolder>> Holders = new();

    private TestSilos(InProcessTestCluster cluster, TimeProvider clock, TestStore store, RecordedExpiry expiry)
    {
        (Cluster, Clock, Store, Expiry) = (cluster, clock, store, expiry);
        Holders[this] = [];
    }

    public InProcessTestCluster Cluster { get; }

    public TimeProvider Clock { get; }

    public TestStore Store { get; }

    public RecordedExpiry Expiry { get; }

    public static Task<TestSilos> StartAsync(params (string Key, string Value)[] settings)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return StartAsync(new TestStore(clock), clock, settings: settings);
    }

    /// <summary>Starts a cluster on a given store and clock: with another one on the same store, a split brain.</summary>
    public static Task<TestSilos> StartAsync(
        TestStore store, TimeProvider clock, short silos = 1, params (string Key, string Value)[] settings) =>
        StartAsync(store, clock, silos, static _ => { }, settings);

    /// <summary>Starts a cluster with services of the test's own in its silos and its client.</summary>
    public static async Task<TestSilos> StartAsync(
        TestStore store, TimeProvider clock, short silos, Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        var expiry = new RecordedExpiry(store);
        var builder = new InProcessTestClusterBuilder(silos);
        // Two files for each cluster, which nobody reads: a test says itself what failed.
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<ISessionStorages>(expiry);
            silo.Services.AddSingleton<IOwnershipWindows>(store.Windows);
            silo.Services.AddSingleton<IUseNotes>(store.Notes);
            foreach (var name in Storages)
            {
                silo.Services.AddKeyedSingleton<IGrainStorage>(name, store);
            }

            silo.AddSessionGrains().AddLocalAccounts();
            SkipAnalysis(silo.Services);
            configure(silo.Services);
        });
        builder.ConfigureClient(client =>
        {
            SkipAnalysis(client.Services);
            configure(client.Services);
        });
        var cluster = new InProcessTestCluster(builder.Options, new UnusedPorts());
        await cluster.DeployAsync();
        return new TestSilos(cluster, clock, store, expiry);
    }

    public void Advance(TimeSpan time) => ((FakeTimeProvider)Clock).Advance(time);

    public ISessionGrain Session(string sessionId) => Cluster.Client.GetSession(sessionId);

    public IUserSessionsGrain User(string subject) => Cluster.Client.GetUserSessions(subject);

    public IAccountGrain Account(string name) => Cluster.Client.GetAccount(name);

    public async Task<SessionToken> SignInAsync(string subject, bool rememberMe = false)
    {
        var token = SessionToken.Create();
        var result = await TrySignInAsync(token, subject, rememberMe);
        return result.Status == SignInStatus.SignedIn ? token : throw new InvalidOperationException($"The sign-in ended in {result.Status}.");
    }

    /// <summary>Signs in and uses the session once, as a browser does: its timeouts are the ordinary ones from then on.</summary>
    public async Task<SessionToken> SignInAndUseAsync(string subject, bool rememberMe = false)
    {
        var token = await SignInAsync(subject, rememberMe);
        await ValidateAsync(token);
        return token;
    }

    public Task<SessionSignInResult> TrySignInAsync(SessionToken token, string subject, bool rememberMe = false, string? stamp = null) =>
        Session(token.SessionId).SignInAsync(new SignInRequest
        {
            SecretHash = token.SecretHash,
            Subject = subject,
            Ticket = [1, 2, 3],
            Client = new ClientInfo("Browser", "192.0.2.1"),
            RememberMe = rememberMe,
            SecurityStamp = stamp,
        });

    public async Task<SessionValidationResult> ValidateAsync(SessionToken token, TestHolder? holder = null) =>
        await Session(token.SessionId).ValidateAsync(new ValidationRequest { SecretHash = token.SecretHash, Holder = holder?.Reference });

    /// <summary>Uses a session twice in a row, which earns it a lease.</summary>
    public async Task<SessionValidationResult> ValidateTwiceAsync(SessionToken token, TestHolder holder)
    {
        await ValidateAsync(token, holder);
        return await ValidateAsync(token, holder);
    }

    public async Task<SessionStatus> StatusAsync(SessionToken token) => (await ValidateAsync(token)).Status;

    public Task<RevocationResult> RevokeAsync(
        SessionToken token, RevocationReason reason = RevocationReason.SignedOut, RevocationWait wait = RevocationWait.EffectiveEverywhere) =>
        Session(token.SessionId).RevokeAsync(new RevocationRequest { Reason = reason, Wait = wait });

    /// <summary>Makes a front end of the test's own, that keeps what it is granted and counts what it is told to drop.</summary>
    public TestHolder NewHolder()
    {
        var holder = new TestHolder(Cluster.Client);
        Holders[this].Add(holder);
        return holder;
    }

    /// <summary>Ends a grain's activation in good order; the next call activates it anew.</summary>
    public Task DeactivateAsync(IAddressable grain) => Cluster.DeactivateAsync(grain);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Holders.TryRemove(this, out _);
    }

    // Whether all that crosses the wire can be serialized does not change from test to test. Every silo elsewhere looks at
    // its start, and refuses to start where something cannot.
    private static void SkipAnalysis(IServiceCollection services) =>
        services.Configure<TypeManifestOptions>(static manifest => manifest.EnableConfigurationAnalysis = false);
}
