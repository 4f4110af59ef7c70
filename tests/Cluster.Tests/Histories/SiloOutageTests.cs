using System.Globalization;
using System.Net;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Histories;

/// <summary>
/// All silos die under load, and stay away. Front ends go on from leases and from reads of their own.
/// <c>SILO_OUTAGE_SECONDS</c> makes the outage longer.
/// </summary>
public sealed class SiloOutageTests(ITestOutputHelper output)
{
    private const int Users = 8;

    /// <summary>A sign-out gives up within the outage. By default it waits for a minute, and is carried out where silos are back by then.</summary>
    private static readonly Dictionary<string, string> Settings = new() { ["OrleansSessions__Client__RevocationBudget"] = "00:00:03" };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("SILO_OUTAGE_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 20);

    private readonly HistoryRecorder _recorder = new();

    [RequiresProgramFact("redis-server")]
    public async Task I1_to_I7_hold_while_all_silos_are_away_and_signed_in_users_are_answered()
    {
        await using var cluster = new RunningCluster(new RedisServer(), output, Settings);
        await cluster.StartAsync(silos: 3, frontEnds: 2);
        var users = Enumerable.Range(0, Users).Select(i => new RecordedUser($"user-{i}", _recorder)).ToArray();
        await Task.WhenAll(users.Select(user => user.RegisterAsync(cluster.FrontEnds[0])));
        var ended = await Task.WhenAll(users.Select(user => SignInAsync(user, cluster)));
        await Task.WhenAll(users.Zip(ended, (user, token) => user.SignOutAsync(cluster.FrontEnds[1], token)));
        var tokens = await Task.WhenAll(users.Select(user => SignInAsync(user, cluster)));

        var leaving = await SignInAsync(users[0], cluster);

        // Half of the users are busy all the time. The others come now and then, as lone visits do.
        using var over = new CancellationTokenSource();
        var visitors = users.Zip(tokens, ended).SelectMany((each, i) => new[]
        {
            VisitAsync(each.First, each.Second, cluster, TimeSpan.FromMilliseconds(i % 2 == 0 ? 10 : 1500), over.Token),
            VisitAsync(each.First, each.Third, cluster, TimeSpan.FromMilliseconds(200), over.Token),
        }).ToArray();
        await UntilVisitedAsync();

        var killed = Elapsed();
        await Task.WhenAll(cluster.Silos.Select(static silo => silo.KillAsync()));
        var away = Elapsed();
        await Task.WhenAll(cluster.FrontEnds.Select(frontEnd => Wait.UntilAsync(
            () => frontEnd.Process.Output.Contains("No silo answers.", StringComparison.Ordinal), Patience, $"{frontEnd.Name} finds the silos away")));
        cluster.Note($"both front ends know {(Elapsed() - away).TotalSeconds:0.0} s after the kill");
        var known = Elapsed();
        await AssertOnlyGrainsDecideAsync(users[0], leaving, cluster);
        await Wait.UntilAsync(() => Elapsed() - away > Outage, Outage + Patience, "the outage is over");
        var back = Elapsed();
        Show(cluster, "from the kill until the front ends knew", Visits(tokens, killed, known));
        Show(cluster, "from then until the silos were started again", Visits(tokens, known, back));
        Show(cluster, "signed out before, all along", Visits(ended, killed, back));
        var visits = Visits(tokens, known, back).ToArray();

        foreach (var silo in cluster.Silos)
        {
            silo.Launch();
        }

        await cluster.UntilReadyAsync();
        await Wait.UntilAsync(
            () => cluster.FrontEnds.All(static frontEnd => frontEnd.Process.Output.Contains("A silo answers again.", StringComparison.Ordinal)),
            Patience, "the front ends find the silos back");
        await UntilVisitedAsync();
        await over.CancelAsync();
        await Task.WhenAll(visitors);
        await AssertAllWorksAsync(users, tokens, cluster);

        Check(cluster);
        Assert.True(visits.Length > 100, $"Only {visits.Length} visits without silos: too little to mean anything.");
        Assert.All(visits, static visit => Assert.Equal(Outcome.Ok, visit.Outcome));
    }

    private static async Task<string> SignInAsync(RecordedUser user, RunningCluster cluster)
    {
        var token = await user.SignInAsync(cluster.FrontEnds[0]);
        Assert.NotNull(token);
        return token;
    }

    private static async Task VisitAsync(RecordedUser user, string token, RunningCluster cluster, TimeSpan pause, CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            await user.VisitAsync(cluster.FrontEnds[i % cluster.FrontEnds.Count], token);
            await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>What only a grain may decide is 503.</summary>
    private async Task AssertOnlyGrainsDecideAsync(RecordedUser user, string leaving, RunningCluster cluster)
    {
        var since = Elapsed();
        Assert.Null(await user.SignInAsync(cluster.FrontEnds[0]));
        await user.ListAsync(cluster.FrontEnds[1], leaving);
        await user.SignOutAsync(cluster.FrontEnds[1], leaving);

        var asked = _recorder.Snapshot().Where(each => each.Start > since && each.Kind != OperationKind.Validate).ToArray();
        Assert.Equal([OperationKind.SignIn, OperationKind.List, OperationKind.Revoke], asked.Select(static each => each.Kind));
        Assert.All(asked, static each => Assert.Equal((int)HttpStatusCode.ServiceUnavailable, each.Status));
    }

    private static async Task AssertAllWorksAsync(RecordedUser[] users, string[] tokens, RunningCluster cluster)
    {
        foreach (var (user, token) in users.Zip(tokens))
        {
            await user.VisitAsync(cluster.FrontEnds[0], token);
            Assert.NotNull(await user.SignInAsync(cluster.FrontEnds[1]));
            await user.SignOutAsync(cluster.FrontEnds[1], token);
            await user.VisitAsync(cluster.FrontEnds[0], token);
        }
    }

    /// <summary>Waits until everyone has visited since.</summary>
    private async Task UntilVisitedAsync()
    {
        var since = Elapsed();
        await Wait.UntilAsync(
            () => _recorder.Snapshot().Where(each => each.Start > since && each.Outcome == Outcome.Ok).Select(static each => each.Subject).Distinct().Count() == Users,
            Patience, "everyone has visited");
    }

    private TimeSpan Elapsed() => _recorder.Snapshot().Where(static each => each.End != Operation.Never).Max(static each => each.End);

    private IEnumerable<Operation> Visits(string[] tokens, TimeSpan from, TimeSpan to)
    {
        var sessions = tokens.Select(static token => Credential.FromToken("", token).SessionId).ToHashSet(StringComparer.Ordinal);
        return _recorder.Snapshot().Where(each =>
            each.Kind == OperationKind.Validate && sessions.Contains(each.SessionId!) && each.Start > from && each.Start <= to);
    }

    private static void Show(RunningCluster cluster, string when, IEnumerable<Operation> operations)
    {
        var visits = operations.ToArray();
        var ok = visits.Count(static visit => visit.Outcome == Outcome.Ok);
        var times = visits.Select(static visit => (visit.End - visit.Start).TotalMilliseconds).Order().ToArray();
        var statuses = string.Join(", ", visits.GroupBy(static visit => visit.Status).Select(static group => $"{group.Key}: {group.Count()}"));
        cluster.Note(string.Create(CultureInfo.InvariantCulture,
            $"{when}: {visits.Length} visits, {ok} answered 200 ({100.0 * ok / Math.Max(1, visits.Length):0.0} %), "
            + $"median {times.ElementAtOrDefault(times.Length / 2):0} ms, longest {times.LastOrDefault():0} ms; {statuses}"));
    }

    private void Check(RunningCluster cluster)
    {
        var history = _recorder.Snapshot();
        var violations = HistoryChecker.Check(history, new HistorySettings());
        cluster.Note($"{history.Length} operations, {violations.Length} violations");
        Assert.True(violations.IsEmpty, string.Join('\n', violations.Take(10)));
    }
}
