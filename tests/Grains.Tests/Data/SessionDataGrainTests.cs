using System.Security.Cryptography;
using OrleansSessions.Testing;

namespace OrleansSessions.Grains.Tests.Data;

public sealed class SessionDataGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);

    private TestSilos _silos = null!;

    public async Task InitializeAsync() => _silos = await TestSilos.StartAsync();

    public async Task DisposeAsync() => await _silos.DisposeAsync();

    [Fact]
    public async Task Reading_stores_nothing()
    {
        var before = _silos.Store.Count;

        var contents = await LoadAsync("data");

        Assert.Empty(contents.Entries);
        Assert.Equal(before, _silos.Store.Count);
    }

    [Fact]
    public async Task Fifty_parallel_writers_lose_nothing()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => CommitAsync("data", Change($"key-{i}", (byte)i))));

        Assert.All(results, static result => Assert.Equal(SessionDataStatus.Available, result.Status));
        Assert.Equal(50, (await LoadAsync("data")).Entries.Length);
    }

    [Fact]
    public async Task Two_activations_merge_their_changes()
    {
        await using var other = await TestSilos.StartAsync(_silos.Store, _silos.Clock);
        await CommitAsync("data", Change("first", 1));
        await other.Cluster.Client.GetSessionData("data").CommitAsync(Commit(Change("second", 2)));

        await CommitAsync("data", Change("third", 3));

        await _silos.DeactivateAsync(Data("data"));
        Assert.Equal(["first", "second", "third"], (await LoadAsync("data")).Entries.Select(static entry => entry.Name).Order());
    }

    [Fact]
    public async Task A_counter_that_compares_versions_loses_no_step()
    {
        // The first step is alone: a grain without data leaves memory at once, and a call that meets it then must be repeated.
        await IncrementAsync();
        await Task.WhenAll(Enumerable.Range(0, 19).Select(_ => IncrementAsync()));

        Assert.Equal(20, (await LoadAsync("data")).Entries.Single().Value[0]);
    }

    [Fact]
    public async Task A_commit_that_is_repeated_changes_nothing_a_second_time()
    {
        var lost = Commit(Change("key", 1));
        await Data("data").CommitAsync(lost);
        await CommitAsync("data", Change("key", 2));

        Assert.Equal(new SessionDataCommitResult(SessionDataStatus.Available, 1), await Data("data").CommitAsync(lost));

        Assert.Equal(2, (await LoadAsync("data")).Entries.Single().Value[0]);
    }

    [Fact]
    public async Task A_commit_whose_answer_the_store_lost_is_applied_once()
    {
        await CommitAsync("data", Change("key", 1, expected: 0));
        var commit = Commit(Change("key", 2, expected: 1));
        _silos.Store.FailNextWrite(Data("data").GetGrainId(), StoreFault.AnswerLost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => Data("data").CommitAsync(commit));

        Assert.Equal(SessionDataStatus.Available, (await Data("data").CommitAsync(commit)).Status);

        Assert.Equal(2, (await LoadAsync("data")).Entries.Single().Version);
    }

    [Fact]
    public async Task Data_that_would_be_too_large_is_refused_as_a_whole_and_can_be_made_smaller()
    {
        await CommitAsync("data", new SessionDataChange("large", new byte[600]));

        var refused = await Data("data").CommitAsync(Commit(new SessionDataChange("more", new byte[600])) with { MaxTotalBytes = 1_000 });
        var smaller = await Data("data").CommitAsync(Commit(new SessionDataChange("large", new byte[500])) with { MaxTotalBytes = 100 });

        Assert.Equal(SessionDataStatus.TooLarge, refused.Status);
        Assert.Equal(SessionDataStatus.Available, smaller.Status);
        Assert.Equal("large", (await LoadAsync("data")).Entries.Single().Name);
    }

    [Fact]
    public async Task Idle_time_counts_from_the_latest_use_and_survives_the_activation()
    {
        await CommitAsync("data", Change("key", 1));
        _silos.Advance(TimeSpan.FromMinutes(15));
        await Data("data").TouchAsync();
        await LoadAsync("data");
        _silos.Advance(TimeSpan.FromMinutes(15));
        await _silos.DeactivateAsync(Data("data"));
        Assert.Single((await LoadAsync("data")).Entries);

        _silos.Advance(TimeSpan.FromMinutes(20));
        Assert.Empty((await LoadAsync("data")).Entries);
        Assert.Empty((await LoadAsync("data")).Entries);
    }

    [Fact]
    public async Task L6_the_end_of_a_session_ends_its_data_and_a_later_commit_of_its_requests_writes_nothing()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await CommitAsync("data", Change("key", 1));
        Assert.Equal(SessionDataStatus.Available, await BindAsync("data", token));

        await _silos.RevokeAsync(token);

        var late = await Data("data").CommitAsync(Commit(Change("late", 1)) with { Use = Use(token.SessionId) });
        Assert.Equal(SessionDataStatus.Ended, late.Status);
        var next = await LoadAsync("data");
        Assert.Equal((SessionDataStatus.Available, 1), (next.Status, next.Generation));
        Assert.Empty(next.Entries);
        Assert.DoesNotContain("\"key\"", _silos.Store.TextOf(Data("data").GetGrainId()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_a_session_whose_end_could_not_reach_it_ends_when_it_is_next_used()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await CommitAsync("data", Change("key", 1));
        await BindAsync("data", token);
        await _silos.DeactivateAsync(Data("data"));
        _silos.Store.FailNextWrite(Data("data").GetGrainId(), StoreFault.Refused);

        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.RevokeAsync(token));
        await _silos.DeactivateAsync(Data("data"));

        Assert.Empty((await LoadAsync("data")).Entries);
    }

    [Fact]
    public async Task A_revocation_that_could_not_end_the_data_does_so_when_it_is_asked_again()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        await CommitAsync("data", Change("key", 1));
        await BindAsync("data", token);
        _silos.Store.FailNextWrite(Data("data").GetGrainId(), StoreFault.Refused);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _silos.RevokeAsync(token));

        await _silos.RevokeAsync(token);

        Assert.DoesNotContain("\"key\"", _silos.Store.TextOf(Data("data").GetGrainId()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task I5_bound_data_is_for_the_requests_of_its_session_alone()
    {
        var (ann, bob) = (await _silos.SignInAndUseAsync("ann"), await _silos.SignInAndUseAsync("bob"));
        await CommitAsync("data", Change("key", 1));
        await BindAsync("data", ann);

        Assert.Equal(SessionDataStatus.OfOtherSession, (await LoadAsync("data")).Status);
        Assert.Empty((await LoadAsync("data", bob.SessionId)).Entries);
        Assert.Equal(SessionDataStatus.OfOtherSession, (await CommitAsync("data", Change("key", 2))).Status);
        Assert.Equal(SessionDataStatus.OfOtherSession, await BindAsync("data", bob));
        Assert.Single((await LoadAsync("data", ann.SessionId)).Entries);
    }

    [Fact]
    public async Task T1_data_binds_to_no_session_whose_secret_is_not_presented()
    {
        var token = await _silos.SignInAndUseAsync("ann");

        Assert.Equal(SessionDataStatus.NoSession, await BindAsync("data", token.Rotate()));
        await _silos.RevokeAsync(token);
        Assert.Equal(SessionDataStatus.NoSession, await BindAsync("data", token));
    }

    [Fact]
    public async Task With_one_set_too_many_the_oldest_of_a_session_ends()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        var keys = Enumerable.Range(0, SessionDataLimits.MaxPerSession + 1).Select(static i => $"data-{i}").ToArray();
        foreach (var key in keys)
        {
            await CommitAsync(key, Change("key", 1));
            Assert.Equal(SessionDataStatus.Available, await BindAsync(key, token));
        }

        await _silos.DeactivateAsync(Data(keys[0]));
        Assert.Empty((await LoadAsync(keys[0], token.SessionId)).Entries);
        Assert.Single((await LoadAsync(keys[1], token.SessionId)).Entries);
        await _silos.RevokeAsync(token);
        Assert.All(keys, key => Assert.DoesNotContain("\"key\"", _silos.Store.TextOf(Data(key).GetGrainId()), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_a_session_without_data_makes_no_further_call()
    {
        var token = await _silos.SignInAndUseAsync("ann");
        var before = _silos.Store.WritesOf(_silos.Session(token.SessionId).GetGrainId());

        await _silos.RevokeAsync(token);

        Assert.Equal(before + 1, _silos.Store.WritesOf(_silos.Session(token.SessionId).GetGrainId()));
        Assert.DoesNotContain("\"data\"", _silos.Store.TextOf(_silos.Session(token.SessionId).GetGrainId()), StringComparison.Ordinal);
    }

    private static SessionDataUse Use(string? sessionId = null) => new() { IdleTimeout = Idle, SessionId = sessionId };

    private static SessionDataChange Change(string name, byte value, long? expected = null) => new(name, [value], expected);

    private static SessionDataCommit Commit(params SessionDataChange[] changes) => new()
    {
        CommitId = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)),
        Generation = 0,
        DataId = "id",
        Use = Use(),
        Changes = [.. changes],
        MaxTotalBytes = SessionDataLimits.MaxTotalBytes,
    };

    private ISessionDataGrain Data(string key) => _silos.Cluster.Client.GetSessionData(key);

    private Task<SessionDataContents> LoadAsync(string key, string? sessionId = null) => Data(key).LoadAsync(Use(sessionId));

    private Task<SessionDataCommitResult> CommitAsync(string key, params SessionDataChange[] changes) => Data(key).CommitAsync(Commit(changes));

    private Task<SessionDataStatus> BindAsync(string key, SessionToken token) => Data(key).BindAsync(
        new SessionDataBinding(new SessionProof(token.SessionId, token.SecretHash), 0) { IdleTimeout = Idle, DataId = "id" });

    private async Task IncrementAsync()
    {
        SessionDataStatus status;
        do
        {
            var entry = (await LoadAsync("data")).Entries.SingleOrDefault();
            status = (await CommitAsync("data", Change("counter", (byte)((entry?.Value[0] ?? 0) + 1), entry?.Version ?? 0))).Status;
        }
        while (status == SessionDataStatus.Changed);
    }
}
