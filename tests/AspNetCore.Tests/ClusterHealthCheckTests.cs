using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NSubstitute;

namespace OrleansSessions.AspNetCore.Tests;

public sealed class ClusterHealthCheckTests : IAsyncDisposable
{
    private static readonly TimeSpan AttemptBound = TimeSpan.FromSeconds(0.75);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);

    private readonly PausingClock _clock = new();
    private readonly ConcurrentQueue<GrainId> _asked = new();
    private readonly TestApplication _application;
    private Func<Task<StoreStatus>> _check = static () => Task.FromResult(StoreStatus.Answers);

    public ClusterHealthCheckTests()
    {
        var client = Substitute.For<IClusterClient>();
        client.GetGrain(Arg.Any<GrainId>(), Arg.Any<GrainInterfaceType>()).Returns(call =>
        {
            _asked.Enqueue(call.ArgAt<GrainId>(0));
            return new Silo(_check);
        });
        _application = new TestApplication(client, _clock, static services => services.AddHealthChecks().AddSessionCluster());
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    [Fact]
    public async Task F12_a_silo_that_answers_is_enough() => Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

    [Fact]
    public async Task F12_a_store_that_cannot_be_reached_degrades_and_takes_nobody_out_of_the_balancer()
    {
        _check = static () => Task.FromResult(StoreStatus.Unreachable);

        var result = await CheckAsync();

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Contains("store", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F12_one_slow_silo_makes_nothing_unhealthy()
    {
        _check = () => _asked.Count == 1 ? new TaskCompletionSource<StoreStatus>().Task : Task.FromResult(StoreStatus.Answers);

        var result = await CheckAsync(slowSilos: 1);

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal(2, _asked.Distinct().Count());
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task F12_two_slow_silos_in_a_row_make_nothing_unhealthy()
    {
        _check = () => _asked.Count <= 2 ? new TaskCompletionSource<StoreStatus>().Task : Task.FromResult(StoreStatus.Answers);

        var result = await CheckAsync(slowSilos: 2);

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Equal(3, _asked.Distinct().Count());
    }

    [Fact]
    public async Task Where_no_silo_answers_it_is_unhealthy()
    {
        _check = static () => throw new TimeoutException();

        var check = CheckAsync();
        await Wait.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return check.IsCompleted;
        });

        Assert.Equal(HealthStatus.Unhealthy, (await check).Status);
    }

    private async Task<HealthReportEntry> CheckAsync() =>
        Assert.Single((await _application.Get<HealthCheckService>().CheckHealthAsync()).Entries).Value;

    /// <summary>Lets each of the first silos take all the time that it has, and no more: the budget is for them all.</summary>
    private async Task<HealthReportEntry> CheckAsync(int slowSilos)
    {
        var check = CheckAsync();
        for (var (silo, pause) = (1, FirstPause); silo <= slowSilos; silo++, pause *= 2)
        {
            var asked = silo;
            await Wait.UntilAsync(() => _asked.Count == asked);
            _clock.Advance(AttemptBound);
            await _clock.UntilWaitedForAsync(pause);
            _clock.Advance(pause);
        }

        return await check;
    }

    private sealed class Silo(Func<Task<StoreStatus>> check) : ISiloHealthGrain
    {
        public ValueTask<StoreStatus> CheckAsync(CancellationToken cancellationToken = default) => new(check());
    }
}
