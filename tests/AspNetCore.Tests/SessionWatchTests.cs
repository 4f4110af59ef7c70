namespace OrleansSessions.AspNetCore.Tests;

public sealed class SessionWatchTests : IAsyncDisposable
{
    // A time that nothing else waits for.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2.5);

    private readonly ScriptedGrain _grain = new();
    private readonly TestApplication _application;

    public SessionWatchTests() => _application = Start(_grain);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _grain.Dispose();
    }

    [Fact]
    public async Task A_watch_goes_on_asking_whatever_goes_wrong()
    {
        await using var watch = Watch();
        (await _grain.NextCallAsync()).Fail(new InvalidOperationException());
        await _grain.Clock.UntilWaitedForAsync(Period);

        _grain.Clock.Advance(Period);
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);

        await Wait.UntilAsync(() => watch.Ended.IsCancellationRequested);
        Assert.Equal(RevocationReason.SignedOut, watch.Reason);
    }

    [Fact]
    public async Task C30_a_watch_ends_without_a_reason_where_the_secret_was_replaced()
    {
        await using var watch = Watch();
        (await _grain.NextCallAsync()).Replaced();

        await Wait.UntilAsync(() => watch.Ended.IsCancellationRequested);
        Assert.Equal(RevocationReason.None, watch.Reason);
    }

    [Fact]
    public async Task F18_the_open_connections_of_one_session_cost_one_call()
    {
        await using var application = Start(_grain, ("OrleansSessions:Client:Leases", "false"));
        var watches = Enumerable.Range(0, 1_000).Select(_ => Watch(application)).ToArray();
        (await _grain.NextCallAsync()).AnswerOnce();
        await _grain.Clock.UntilWaitedForAsync(Period);
        _grain.Clock.Advance(Period);
        (await _grain.NextCallAsync()).End(RevocationReason.RevokedByUser);

        await Wait.UntilAsync(() => watches.All(watch => watch.Ended.IsCancellationRequested));
        Assert.All(watches, watch => Assert.Equal(RevocationReason.RevokedByUser, watch.Reason));
        Assert.Equal(2, _grain.CallCount);
        await Task.WhenAll(watches.Select(watch => watch.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task F18_nothing_is_asked_while_a_lease_lasts_and_it_is_renewed_in_time()
    {
        await using var watch = Watch();
        (await _grain.NextCallAsync()).Grant(_grain.L);
        await _grain.Clock.UntilWaitedForAsync(Period);

        _grain.Clock.Advance(Period);
        await _grain.Clock.UntilWaitedForAsync(TimeSpan.FromSeconds(1.5));
        Assert.Equal(1, _grain.CallCount);

        _grain.Clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True((await _grain.NextCallAsync()).Request.IsRenewal);
    }

    [Fact]
    public async Task F18_a_session_is_watched_until_its_last_connection_is_gone()
    {
        var (first, second) = (Watch(), Watch());
        (await _grain.NextCallAsync()).AnswerOnce();
        await _grain.Clock.UntilWaitedForAsync(Period);
        await first.DisposeAsync();
        await first.DisposeAsync();

        _grain.Clock.Advance(Period);
        (await _grain.NextCallAsync()).End(RevocationReason.SignedOut);

        await Wait.UntilAsync(() => second.Ended.IsCancellationRequested);
        await second.DisposeAsync();
        await using var third = Watch();
        (await _grain.NextCallAsync()).AnswerOnce();
        Assert.False(third.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task F18_a_watch_does_not_ask_in_the_context_of_the_request_that_opened_it()
    {
        var request = new AsyncLocal<string?> { Value = "the request" };
        var seen = new List<string?>();
        _grain.OnCall = () => seen.Add(request.Value);

        await using var watch = Watch();
        (await _grain.NextCallAsync()).AnswerOnce();

        Assert.Equal([null], seen);
    }

    private static TestApplication Start(ScriptedGrain grain, params (string Key, string Value)[] settings) =>
        new(grain.Client, grain.Clock, null, [("OrleansSessions:Client:WatchPeriod", "00:00:02.5"), .. settings]);

    private SessionWatch Watch(TestApplication? application = null)
    {
        var from = application ?? _application;
        return from.Get<ISessionWatcher>().Watch(from.Request(_grain.Token));
    }
}
