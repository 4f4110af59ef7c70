using System.Globalization;
using OrleansSessions.Cluster.Tests.Harness;
using OrleansSessions.History;
using Xunit.Abstractions;

namespace OrleansSessions.Cluster.Tests.Histories;

/// <summary>
/// Clients over two front ends, three silos and Redis, all processes, while those are killed, stopped and paused. What the
/// clients saw is held against the invariants. <c>HISTORY_FAULTS</c> and <c>PAUSED_SILO_RUNS</c> make longer runs of it.
/// </summary>
public class HistoriesUnderFaultsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Users = 6;

    /// <summary>Short leases: more of them are granted, taken back and waited for in the same time.</summary>
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["OrleansSessions__Leases__Duration"] = "00:00:01",
        ["OrleansSessions__Leases__OwnershipWindow"] = "00:00:03",
        ["OrleansSessions__Leases__ClockTolerance"] = "00:00:00.2",
    };

    /// <summary>A silo that hangs is declared dead after about two and a half seconds.</summary>
    private protected virtual TimeSpan PastDeclaredDeath => TimeSpan.FromSeconds(5);

    private protected virtual int PausedSiloRuns => 2;

    private readonly HistoryRecorder _recorder = new();
    private (RedisServer Store, RunningCluster Cluster) _processes;

    public async Task InitializeAsync()
    {
        var store = new RedisServer();
        _processes = (store, new RunningCluster(store, output, Settings));
        if (Programs.Find("redis-server") is not null)
        {
            await StartAsync(Cluster);
        }
    }

    public async Task DisposeAsync()
    {
        if (Cluster.Silos.Count > 0)
        {
            await Cluster.DisposeAsync();
        }
    }

    private protected virtual Task StartAsync(RunningCluster cluster) => cluster.StartAsync(silos: 3, frontEnds: 2);

    private protected virtual Faults NewFaults(RunningCluster cluster, RedisServer store, int seed) => new(cluster, store, seed);

    private RunningCluster Cluster => _processes.Cluster;

    [RequiresProgramFact("redis-server")]
    public async Task I1_to_I7_hold_while_servers_are_killed_stopped_and_paused()
    {
        var seed = Number("HISTORY_SEED", 1);
        Cluster.Note($"seed {seed}");
        var users = await NewUsersAsync(Users);
        using var over = new CancellationTokenSource();
        var clients = users.SelectMany((user, i) => new[] { user.UseAsync(Cluster.FrontEnds, seed + i, over.Token), user.UseAsync(Cluster.FrontEnds, seed + 100 + i, over.Token) }).ToArray();
        var faults = NewFaults(Cluster, _processes.Store, seed);
        for (var i = 0; i < Number("HISTORY_FAULTS", 4); i++)
        {
            Cluster.Note(await faults.StrikeAsync());
        }

        await over.CancelAsync();
        await Task.WhenAll(clients);
        await Task.WhenAll(users.SelectMany(user => user.Tokens.Select(token => user.VisitAsync(Cluster.FrontEnds[0], token))));

        Check(minimum: 200);
    }

    [RequiresProgramFact("redis-server")]
    public async Task I2_L16_a_silo_that_was_paused_past_its_declared_death_accepts_nothing_that_was_revoked_meanwhile()
    {
        var users = await NewUsersAsync(4);
        var declaredDead = 0;
        for (var run = 1; run <= Number("PAUSED_SILO_RUNS", PausedSiloRuns); run++)
        {
            var sessions = await Task.WhenAll(users.Select(async user => (User: user, Token: await SignInAsync(user))));
            for (var i = 0; i < 3; i++)
            {
                await VisitAsync(sessions);
            }

            var silo = Cluster.Silos[run % Cluster.Silos.Count];
            var awake = Cluster.FrontEnds.Last(frontEnd => frontEnd != silo);
            await silo.Process.SignalAsync("STOP");
            var pause = Task.Delay(PastDeclaredDeath, TimeProvider.System);
            var queued = Enumerable.Range(0, 10).Select(_ => VisitAsync(sessions)).ToArray();
            await Task.WhenAll(sessions.Select(session => session.User.SignOutAsync(awake, session.Token)));
            var afterwards = Enumerable.Range(0, 10).Select(_ => VisitAsync(sessions)).ToArray();
            await pause;
            await silo.Process.SignalAsync("CONT");
            await Task.WhenAll(queued.Concat(afterwards));
            await VisitAsync(sessions);
            declaredDead += await Faults.ReviveAsync(silo) ? 1 : 0;
            await VisitAsync(sessions);
        }

        Cluster.Note($"declared dead: {declaredDead} times");
        Assert.NotEqual(0, declaredDead);
        Check(minimum: 20);
        Assert.Contains(_recorder.Snapshot(), static operation => operation is { Kind: OperationKind.Revoke, Outcome: Outcome.Ok });
    }

    private async Task<RecordedUser[]> NewUsersAsync(int count)
    {
        var users = Enumerable.Range(0, count).Select(i => new RecordedUser($"user-{i}", _recorder)).ToArray();
        await Task.WhenAll(users.Select(user => user.RegisterAsync(Cluster.FrontEnds[0])));
        return users;
    }

    /// <summary>Servers have just been started again: a first try may not be answered.</summary>
    private async Task<string> SignInAsync(RecordedUser user)
    {
        string? token = null;
        await Wait.UntilAsync(async () => (token = await user.SignInAsync(Cluster.FrontEnds[0])) is not null, TimeSpan.FromSeconds(30), "signed in");
        return token!;
    }

    private Task VisitAsync((RecordedUser User, string Token)[] sessions) => Task.WhenAll(
        sessions.SelectMany(session => Cluster.FrontEnds.Select(frontEnd => session.User.VisitAsync(frontEnd, session.Token))));

    private void Check(int minimum)
    {
        var history = _recorder.Snapshot();
        Cluster.Note(string.Join(", ", history.GroupBy(static each => (each.Kind, each.Outcome)).Select(static group => $"{group.Key.Kind} {group.Key.Outcome}: {group.Count()}")));
        var violations = HistoryChecker.Check(history, new HistorySettings { RevocationBound = TimeSpan.FromSeconds(10) });
        Assert.True(violations.IsEmpty, string.Join('\n', violations.Take(10)));
        var accepted = history.Count(static each => each is { Kind: OperationKind.Validate, Outcome: Outcome.Ok });
        Assert.True(accepted >= minimum, $"Only {accepted} validations were accepted: too little to mean anything.");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
