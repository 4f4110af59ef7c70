using StackExchange.Redis;

namespace OrleansSessions.AspNetCore.Tests;

/// <summary>Which requests are answered by a read of the record, and that nothing outlives such an answer.</summary>
public sealed class DirectReadTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(700);

    private ReadingFrontEnd _frontEnd = null!;

    private ScriptedStore Store => _frontEnd.Store;

    public async Task InitializeAsync() => _frontEnd = await ReadingFrontEnd.StartAsync();

    public async Task DisposeAsync() => await _frontEnd.DisposeAsync();

    [Fact]
    public async Task A_lone_visit_is_answered_by_one_read_and_asks_no_silo()
    {
        var answer = await _frontEnd.ValidateAsync();

        Assert.True(answer.IsActive);
        Assert.Equal(ReleasedRecord.Subject, answer.Session.Subject);
        Assert.Equal(1, Store.Reads);
        Assert.Equal($"orleans-sessions/state/session/{_frontEnd.Token.SessionId}", Store.Key);
        Assert.True(Store.Flags.HasFlag(CommandFlags.DemandMaster));
        Assert.Empty(_frontEnd.Asked);
    }

    [Fact]
    public async Task The_second_use_within_two_leases_time_earns_a_lease()
    {
        _frontEnd.GrantLeases();
        await _frontEnd.ValidateAsync();
        _frontEnd.Clock.Advance(2 * _frontEnd.L);

        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync();

        Assert.True(Assert.Single(_frontEnd.Asked).IsShared);
        Assert.Equal(1, Store.Reads);
        Assert.Equal(1, _frontEnd.Counted["source memory"]);
    }

    [Fact]
    public async Task A_use_after_two_leases_time_is_a_lone_visit_once_more()
    {
        await _frontEnd.ValidateAsync();
        _frontEnd.Clock.Advance(2 * _frontEnd.L + TimeSpan.FromMilliseconds(1));

        Assert.True((await _frontEnd.ValidateAsync()).IsActive);

        Assert.Equal(2, Store.Reads);
        Assert.Empty(_frontEnd.Asked);
    }

    [Fact]
    public async Task What_counts_as_lone_goes_by_the_leases_that_the_silo_grants()
    {
        var second = TimeSpan.FromSeconds(1);
        _frontEnd.GrantLeases(second);
        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync(ReleasedRecord.TokenOfAnotherSession);
        _frontEnd.Clock.Advance(3 * second);

        await _frontEnd.ValidateAsync(ReleasedRecord.TokenOfAnotherSession);

        Assert.Equal(3, Store.Reads);
    }

    [Fact]
    public async Task A_session_that_was_busy_lately_is_not_read_directly()
    {
        _frontEnd.GrantLeases();
        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync();
        _frontEnd.Clock.Advance(TimeSpan.FromMinutes(14));

        await _frontEnd.ValidateAsync();

        Assert.Equal(1, Store.Reads);
        Assert.Equal(2, _frontEnd.Asked.Count);
    }

    [Fact]
    public async Task Where_sessions_come_with_several_requests_the_first_one_earns_the_lease()
    {
        _frontEnd.GrantLeases();
        await OpenPagesAsync(40);

        var (reads, asked) = (Store.Reads, _frontEnd.Asked.Count);
        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync();

        Assert.Equal(reads, Store.Reads);
        Assert.True(Assert.Single(_frontEnd.Asked.Skip(asked)).IsShared);
    }

    [Fact]
    public async Task Where_they_come_alone_again_they_are_read_directly_again()
    {
        _frontEnd.GrantLeases();
        await OpenPagesAsync(40);
        for (var i = 40; i < 90; i++)
        {
            await _frontEnd.ValidateAsync(ReleasedRecord.TokenOf(i));
        }

        var asked = _frontEnd.Asked.Count;
        await _frontEnd.ValidateAsync();

        Assert.Equal(asked, _frontEnd.Asked.Count);
    }

    [Fact]
    public async Task I2_nothing_is_kept_of_a_read()
    {
        await _frontEnd.ValidateAsync();
        Store.Record = ReleasedRecord.Tombstone();

        Assert.Equal(SessionStatus.Revoked, (await _frontEnd.ValidateAsync()).Status);
        _frontEnd.Clock.Advance(3 * _frontEnd.L);
        Assert.Equal(SessionStatus.Revoked, (await _frontEnd.ValidateAsync()).Status);
    }

    [Fact]
    public async Task I2_a_request_that_comes_during_a_read_is_not_served_by_it()
    {
        var held = new TaskCompletionSource();
        Store.OnRead = async found =>
        {
            await held.Task;
            return found;
        };
        var early = _frontEnd.ValidateAsync();
        await Store.UntilReadAsync();
        Store.Record = ReleasedRecord.Tombstone();

        var late = await _frontEnd.ValidateAsync();
        held.SetResult();

        Assert.Equal(SessionStatus.Revoked, late.Status);
        Assert.True((await early).IsActive);
    }

    [Fact]
    public async Task I2_without_silos_each_request_has_a_read_of_its_own()
    {
        await _frontEnd.LoseSilosAsync();
        var held = new TaskCompletionSource();
        Store.OnRead = async found =>
        {
            await held.Task;
            return found;
        };
        var early = _frontEnd.ValidateAsync();
        await Store.UntilReadAsync();
        Store.Record = ReleasedRecord.Tombstone();
        var late = _frontEnd.ValidateAsync();
        await Store.UntilReadAsync();
        held.SetResult();

        Assert.True((await early).IsActive);
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => late);
        Assert.Equal(2, Store.Reads);
    }

    [Fact]
    public async Task A_store_that_answers_too_late_leaves_it_to_the_grain()
    {
        Store.OnRead = static _ => new TaskCompletionSource<byte[]?>().Task;
        var validation = _frontEnd.ValidateAsync();
        await _frontEnd.Clock.UntilWaitedForAsync(Bound);
        Assert.Empty(_frontEnd.Asked);

        _frontEnd.Clock.Advance(Bound);

        Assert.Equal(SessionStatus.Revoked, (await validation).Status);
        Assert.Single(_frontEnd.Asked);
    }

    public static TheoryData<string> Failures { get; } =
    [
        nameof(RedisConnectionException), nameof(RedisServerException), nameof(RedisCommandException), nameof(RedisTimeoutException),
        nameof(ObjectDisposedException),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_store_that_fails_leaves_it_to_the_grain(string failure)
    {
        Store.OnRead = _ => throw Some.StoreFailure(failure);

        Assert.Equal(SessionStatus.Revoked, (await _frontEnd.ValidateAsync()).Status);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_store_that_does_not_tell_its_time_leaves_it_to_the_grain(string failure)
    {
        await using var frontEnd = new ReadingFrontEnd();
        var asked = new TaskCompletionSource();
        frontEnd.Store.OnTime = _ =>
        {
            asked.TrySetResult();
            throw Some.StoreFailure(failure);
        };
        var start = frontEnd.StartAsync();
        await asked.Task;

        Assert.Equal(SessionStatus.Revoked, (await frontEnd.ValidateAsync()).Status);
        Assert.Equal(0, frontEnd.Store.Reads);

        // It is asked again.
        frontEnd.Store.OnTime = static _ => Task.FromResult(RedisResult.Create([(RedisValue)1, (RedisValue)0]));
        await Wait.UntilAsync(() =>
        {
            frontEnd.Clock.Advance(TimeSpan.FromSeconds(1));
            return start.IsCompleted;
        });
        await start;
    }

    [Fact]
    public async Task Direct_reads_can_be_turned_off()
    {
        await using var frontEnd = new ReadingFrontEnd(directReads: false);

        await frontEnd.ValidateAsync();

        Assert.Equal(0, frontEnd.Store.Reads);
        Assert.Single(frontEnd.Asked);
    }

    [Fact]
    public async Task L1_a_use_is_noted_when_it_is_due_and_nobody_waits_for_that()
    {
        await _frontEnd.ValidateAsync();
        Assert.Empty(Store.Notes);

        // More than a twentieth of an hour after the use that is stored.
        _frontEnd.Clock.Advance(TimeSpan.FromMinutes(2.1));
        Assert.True((await _frontEnd.ValidateAsync()).IsActive);

        var (key, usedAt, lifetime) = Assert.Single(Store.Notes);
        Assert.Equal($"orleans-sessions/use/{_frontEnd.Token.SessionId}", key);
        Assert.Equal(Store.Now + TimeSpan.FromMinutes(2.1), usedAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromHours(2), lifetime);
        Assert.Empty(_frontEnd.Asked);
    }

    [Fact]
    public async Task The_first_use_is_noted_at_once()
    {
        Store.Record = ReleasedRecord.Read(ReleasedRecord.SealedUnused);

        Assert.True((await _frontEnd.ValidateAsync()).IsActive);

        Assert.Single(Store.Notes);
    }

    [Fact]
    public async Task Validations_are_counted_by_where_their_answers_came_from()
    {
        _frontEnd.GrantLeases();

        // Read, asked, and from memory twice.
        for (var i = 0; i < 4; i++)
        {
            await _frontEnd.ValidateAsync();
        }

        Assert.Equal((1, 1, 2), (_frontEnd.Counted["source store"], _frontEnd.Counted["source grain"], _frontEnd.Counted["source memory"]));
    }

    [Fact]
    public async Task When_the_grain_does_not_answer_a_read_does()
    {
        _frontEnd.GrantLeases();
        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync();
        _frontEnd.Clock.Advance(2 * _frontEnd.L);
        _frontEnd.OnValidate = static _ => throw new SiloUnavailableException();

        var validation = _frontEnd.ValidateAsync();
        await Wait.UntilAsync(() =>
        {
            _frontEnd.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return validation.IsCompleted;
        });

        Assert.True((await validation).IsActive);
        Assert.Equal(2, Store.Reads);
    }

    [Fact]
    public async Task Without_silos_signed_in_users_are_answered_and_no_silo_is_asked_until_one_is_back()
    {
        _frontEnd.GrantLeases();
        await _frontEnd.ValidateAsync();
        await _frontEnd.ValidateAsync();
        _frontEnd.Clock.Advance(2 * _frontEnd.L);
        await _frontEnd.LoseSilosAsync();
        Store.Record = ReleasedRecord.Read(ReleasedRecord.SealedUnused);
        var asked = _frontEnd.Asked.Count;

        for (var i = 0; i < 10; i++)
        {
            Assert.True((await _frontEnd.ValidateAsync()).IsActive);
        }

        Assert.Equal(asked, _frontEnd.Asked.Count);
        Assert.Equal(10, Store.Notes.Count);

        _frontEnd.GrantLeases();
        _frontEnd.OnProbe = static () => Task.FromResult(StoreStatus.Answers);
        await Wait.UntilAsync(() =>
        {
            _frontEnd.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return !_frontEnd.IsClusterAway;
        });
        await _frontEnd.ValidateAsync();
        Assert.Equal(asked + 1, _frontEnd.Asked.Count);
    }

    [Fact]
    public async Task Without_silos_what_a_record_does_not_say_clearly_is_unknown_at_once()
    {
        await _frontEnd.LoseSilosAsync();
        Store.Record = ReleasedRecord.Tombstone();

        await Assert.ThrowsAsync<SessionsUnavailableException>(() => _frontEnd.ValidateAsync());

        Assert.Empty(_frontEnd.Asked);
    }

    [Fact]
    public async Task A_probe_that_fails_in_a_way_of_its_own_does_not_keep_the_silos_away_for_good()
    {
        await _frontEnd.LoseSilosAsync();

        _frontEnd.OnProbe = static () => throw new InvalidOperationException("A failure that nobody foresaw.");

        await Wait.UntilAsync(() =>
        {
            _frontEnd.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return !_frontEnd.IsClusterAway;
        });
        await _frontEnd.LoseSilosAsync();
    }

    /// <summary>Uses sessions twice each, as a page does.</summary>
    private async Task OpenPagesAsync(int pages)
    {
        for (var i = 0; i < pages; i++)
        {
            await _frontEnd.ValidateAsync(ReleasedRecord.TokenOf(i));
            await _frontEnd.ValidateAsync(ReleasedRecord.TokenOf(i));
        }
    }
}
