using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Session;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace OrleansSessions.AspNetCore.Tests.SessionState;

/// <summary>What <see cref="ISession"/> promises where its store fails; where the stock session has a test of the same case, by that name.</summary>
public sealed class SessionStateContractTests : IAsyncDisposable
{
    private static readonly SessionDataContents Nothing = new() { Status = SessionDataStatus.Available, Generation = 0 };

    private readonly ISessionDataGrain _grain = Substitute.For<ISessionDataGrain>();
    private readonly FakeTimeProvider _clock = new();
    private readonly TestApplication _application;

    public SessionStateContractTests()
    {
        var client = Substitute.For<IClusterClient>();
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(_grain);
        _grain.LoadAsync(default!, default).ReturnsForAnyArgs(Nothing);
        _grain.CommitAsync(default!, default).ReturnsForAnyArgs(new SessionDataCommitResult(SessionDataStatus.Available, 1));
        _application = new TestApplication(client, _clock, static services => services.AddOrleansSessionState());
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    [Fact]
    public void SessionLogsCacheReadException()
    {
        Fail();
        var session = NewSession();

        Assert.False(session.TryGetValue("key", out var value));
        Assert.Null(value);
        Assert.Equal("", session.Id);
        Assert.Empty(session.Keys);
        Assert.False(session.IsAvailable);

        session.Set("key", [1]);
        Assert.False(session.TryGetValue("key", out _));
    }

    [Fact]
    public async Task SessionLogsCacheLoadAsyncException()
    {
        Fail();
        var session = NewSession();

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.LoadAsync());

        Assert.False(session.IsAvailable);
        Assert.Equal("", session.Id);
        Assert.Empty(session.Keys);
    }

    [Fact]
    public async Task SessionLogsCacheLoadAsyncTimeoutException()
    {
        _grain.LoadAsync(default!, default).ReturnsForAnyArgs(new TaskCompletionSource<SessionDataContents>().Task);
        var load = NewSession(ioTimeout: TimeSpan.FromSeconds(0.5)).LoadAsync();

        _clock.Advance(TimeSpan.FromSeconds(0.5));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
    }

    [Fact]
    public async Task SessionLoadAsyncCanceledException()
    {
        var session = NewSession();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.LoadAsync(new CancellationToken(canceled: true)));

        Assert.True(session.IsAvailable);
    }

    [Fact]
    public async Task SessionLogsCacheCommitException()
    {
        _grain.CommitAsync(default!, default).ReturnsForAnyArgs<SessionDataCommitResult>(static _ => throw new InvalidOperationException());
        var session = NewSession();
        session.Set("key", [1]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.CommitAsync());
    }

    [Fact]
    public async Task SessionLogsCacheCommitCanceledException()
    {
        var session = NewSession();
        session.Set("key", [1]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.CommitAsync(new CancellationToken(canceled: true)));

        await session.CommitAsync();

        await _grain.ReceivedWithAnyArgs(1).CommitAsync(default!, default);
    }

    [Fact]
    public async Task A_commit_sends_what_was_changed_and_nothing_twice()
    {
        var session = NewSession();
        session.Set("one", [1]);
        session.Set("two", [2]);
        await session.CommitAsync();
        session.Set("two", [3]);
        session.Remove("unknown");
        await session.CommitAsync();
        await session.CommitAsync();

        var commits = _grain.ReceivedCalls().Select(static call => call.GetArguments()[0]).OfType<SessionDataCommit>().ToArray();
        Assert.Equal([2, 1], commits.Select(static commit => commit.Changes.Length));
    }

    [Fact]
    public async Task A_new_browser_asks_for_nothing()
    {
        var session = NewSession(isNew: true);

        Assert.False(session.TryGetValue("key", out _));
        await session.CommitAsync();

        Assert.True(session.IsAvailable);
        Assert.Empty(_grain.ReceivedCalls());
    }

    [Fact]
    public void A_value_is_copied_when_it_is_set()
    {
        var session = NewSession();
        byte[] value = [1];
        session.Set("key", value);

        value[0] = 2;

        Assert.True(session.TryGetValue("key", out var kept));
        Assert.Equal([1], kept);
    }

    [Fact]
    public void A_key_may_take_as_many_bytes_as_in_the_stock_session()
    {
        var session = NewSession();

        session.Set(new string('k', ushort.MaxValue), [1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Set(new string('k', ushort.MaxValue + 1), [1]));
    }

    [Fact]
    public async Task An_entry_that_was_sealed_for_another_browser_is_not_taken()
    {
        var other = SessionStateKey.Derive("00000000-0000-0000-0000-000000000000");
        var name = SessionStateSeal.NameOf(other, "key");
        _grain.LoadAsync(default!, default).ReturnsForAnyArgs(Nothing with
        {
            Entries = [new SessionDataEntry(name, SessionStateSeal.Seal(other, name, "key", [1]), 1)],
        });

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => NewSession().LoadAsync());
    }

    [Fact]
    public async Task Session_state_without_sessions_says_what_to_add()
    {
        await using var services = new ServiceCollection().AddLogging().AddOrleansSessionState().BuildServiceProvider();

        var failure = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<ISessionStore>());

        Assert.Contains("AddAuthentication().AddOrleansSessions()", failure.Message, StringComparison.Ordinal);
    }

    private void Fail() => _grain.LoadAsync(default!, default).ReturnsForAnyArgs<SessionDataContents>(static _ => throw new InvalidOperationException());

    private ISession NewSession(bool isNew = false, TimeSpan? ioTimeout = null) => _application.Get<ISessionStore>().Create(
        "382c74c3-721d-4f34-80e5-57657b6cbc27", TimeSpan.FromMinutes(20), ioTimeout ?? TimeSpan.FromMinutes(1), static () => true, isNew);
}
