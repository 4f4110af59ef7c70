using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.History;
using OrleansSessions.Testing;
using Xunit.Abstractions;

namespace OrleansSessions.Protocol.Tests;

/// <summary>
/// Many clients over four front ends and two clusters that share one store, so that every session may be active twice all
/// the time; calls and drops are delayed by a seed. What the clients saw is held against the invariants I1 to I7.
/// </summary>
public abstract class HistoryTests(ITestOutputHelper output)
{
    private const int Users = 6;
    private const int ClientsPerUser = 4;
    private const int OperationsPerClient = 150;

    private protected async Task RunAsync(
        int seed, HistorySettings settings, Action<IServiceCollection> configure, params (string Key, string Value)[] siloSettings)
    {
        output.WriteLine($"seed {seed}");
        var store = new TestStore(TimeProvider.System);
        await using var here = await StartAsync(store, seed, configure, siloSettings);
        await using var there = await StartAsync(store, seed + 1_000, configure, siloSettings);
        FrontEnd[] frontEnds = [new("A", here), new("B", here), new("C", there), new("D", there)];
        var recorder = new HistoryRecorder();
        var tokens = Enumerable.Range(0, Users).Select(_ => new SharedTokens()).ToArray();
        var clients = Enumerable.Range(0, Users * ClientsPerUser).Select(i =>
            new Client($"client {i}", $"user-{i % Users}", frontEnds, recorder, tokens[i % Users], (seed * 10_000) + i)).ToArray();

        await Task.WhenAll(clients.Select(client => client.RunAsync(OperationsPerClient)));
        await Task.WhenAll(clients.Take(Users).Select(client => client.WaitUntilNoGhostsAsync()));
        await Task.WhenAll(clients.Take(Users).Select(client => client.LookAtEverythingAsync()));

        var history = recorder.Snapshot();
        output.WriteLine(string.Join(", ", history.GroupBy(each => (each.Kind, each.Outcome)).Select(group => $"{group.Key.Kind} {group.Key.Outcome}: {group.Count()}")));
        var violations = HistoryChecker.Check(history, settings with { Quiescence = TimeSpan.Zero, RevocationBound = TimeSpan.FromSeconds(2) });
        foreach (var session in violations.SelectMany(each => each.Operations).Select(each => each.SessionId).OfType<string>().Distinct().Take(1))
        {
            var subject = history.First(each => each.SessionId == session).Subject;
            output.WriteLine(string.Join('\n', history.Where(each => each.SessionId == session || (each.SessionId is null && each.Subject == subject))));
        }

        Assert.True(violations.IsEmpty, string.Join('\n', violations.Take(10)));
        Assert.True(history.Count(each => each is { Kind: OperationKind.Validate, Outcome: Outcome.Ok }) > 500, "Too little was accepted to mean anything.");
        Array.ForEach(frontEnds, frontEnd => frontEnd.Dispose());
    }

    private static Task<TestSilos> StartAsync(
        TestStore store, int seed, Action<IServiceCollection> configure, (string Key, string Value)[] settings) => TestSilos.StartAsync(
        store,
        TimeProvider.System,
        silos: 1,
        services =>
        {
            services.AddSingleton<IOutgoingGrainCallFilter>(new Disturbance(seed));
            configure(services);
        },
        [
            ("OrleansSessions:Leases:Duration", "00:00:00.5"),
            ("OrleansSessions:Leases:OwnershipWindow", "00:00:01"),
            ("OrleansSessions:Leases:ClockTolerance", "00:00:00.1"),
            .. settings,
        ]);
}
