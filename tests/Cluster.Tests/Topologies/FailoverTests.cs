using System.Diagnostics;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.Cluster.Tests.Histories;
using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Topologies;

/// <summary>Clients over two front ends and two silos, while a primary of the store dies and a replica takes its place.</summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    private const int Users = 6;
    private const int StoreLost = 75;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Short leases, so that more of them are granted and taken back; and nothing is acknowledged that one server alone has.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["OrleansSessions__Leases__Duration"] = "00:00:01",
        ["OrleansSessions__Leases__OwnershipWindow"] = "00:00:03",
        ["OrleansSessions__Leases__ClockTolerance"] = "00:00:00.2",
        ["OrleansSessions__Silo__WaitForReplicas"] = "1",
    };

    private readonly HistoryRecorder _recorder = new();

    [RequiresProgramFact("redis-server", "redis-sentinel")]
    public Task F17_I1_to_I7_hold_while_Sentinel_replaces_the_primary() => HoldAsync(new SentinelStore());

    [RequiresProgramFact("redis-server", "redis-cli")]
    public Task F17_I1_to_I7_hold_while_a_primary_of_a_Redis_Cluster_is_replaced() => HoldAsync(new RedisClusterStore());

    private async Task HoldAsync(IFailingOverStore store)
    {
        await using var cluster = new RunningCluster(store, output, Settings);
        await cluster.StartAsync(silos: 2, frontEnds: 2);
        var users = Enumerable.Range(0, Users).Select(i => new RecordedUser($"user-{i}", _recorder)).ToArray();
        await Task.WhenAll(users.Select(user => user.RegisterAsync(cluster.FrontEnds[0])));
        using var over = new CancellationTokenSource();
        var clients = users.SelectMany((user, i) => new[]
        {
            user.UseAsync(cluster.FrontEnds, i, over.Token),
            user.UseAsync(cluster.FrontEnds, 100 + i, over.Token),
        }).ToArray();
        var supervisor = SuperviseAsync(cluster, over.Token);
        await UntilAcceptedAgainAsync();

        var killed = await store.KillPrimaryAsync();
        var started = Stopwatch.GetTimestamp();
        await store.UntilReplacedAsync(killed);
        Note("a replica is promoted");
        if (store.HasSpareReplica)
        {
            await UntilAcceptedAgainAsync();
            Note("sign-ins, visits and sign-outs succeed");
        }

        await store.ReturnAsync(killed);
        Note("the killed server is a replica");
        await UntilAcceptedAgainAsync();
        Note("sign-ins, visits and sign-outs succeed");

        await over.CancelAsync();
        await Task.WhenAll(clients);
        await Task.WhenAll(users.SelectMany(user => user.Tokens.Select(token => user.VisitAsync(cluster.FrontEnds[0], token))));
        await supervisor;
        Check(cluster);

        void Note(string what) => cluster.Note($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s after the kill: {what}");
    }

    /// <summary>Starts a silo again that was declared dead: on a busy machine one may be.</summary>
    private static async Task SuperviseAsync(RunningCluster cluster, CancellationToken over)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!over.IsCancellationRequested)
        {
            foreach (var silo in cluster.Silos.Where(static silo => silo.Process.HasExited))
            {
                Assert.NotEqual(StoreLost, silo.Process.ExitCode);
                cluster.Note($"{silo.Name} has ended itself, and is started again");
                silo.Launch();
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until every user has been signed in since, has visited, and has signed out.</summary>
    private async Task UntilAcceptedAgainAsync()
    {
        var since = _recorder.Snapshot().Max(static each => each.Start);
        await Wait.UntilAsync(
            () =>
            {
                var done = _recorder.Snapshot().Where(each => each.Start > since && each.Outcome == Outcome.Ok).ToArray();
                return done.Count(static each => each.Kind == OperationKind.SignIn) >= Users
                    && done.Count(static each => each.Kind == OperationKind.Revoke) >= Users
                    && done.Count(static each => each.Kind == OperationKind.Validate) >= 100;
            }, Patience, "sign-ins, visits and sign-outs succeed");
    }

    private void Check(RunningCluster cluster)
    {
        var history = _recorder.Snapshot();
        cluster.Note(string.Join(", ", history.GroupBy(static each => (each.Kind, each.Outcome)).Select(static group => $"{group.Key.Kind} {group.Key.Outcome}: {group.Count()}")));
        cluster.Note($"longest time without an accepted visit: {LongestGap(history, OperationKind.Validate).TotalSeconds:0.0} s");
        cluster.Note($"longest time without a successful sign-in or sign-out: {LongestGap(history, OperationKind.SignIn, OperationKind.Revoke).TotalSeconds:0.0} s");
        var violations = HistoryChecker.Check(history, new HistorySettings { RevocationBound = TimeSpan.FromSeconds(10) });
        cluster.Note($"{history.Length} operations, {violations.Length} violations");
        Assert.True(violations.IsEmpty, string.Join('\n', violations.Take(10)));
    }

    private static TimeSpan LongestGap(IEnumerable<Operation> history, params OperationKind[] kinds)
    {
        var ends = history.Where(each => each.Outcome == Outcome.Ok && kinds.Contains(each.Kind)).Select(static each => each.End).Order().ToArray();
        return ends.Zip(ends.Skip(1), static (one, next) => next - one).DefaultIfEmpty().Max();
    }
}
