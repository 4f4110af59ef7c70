using Microsoft.Extensions.DependencyInjection;
using OrleansSessions.History;
using OrleansSessions.Testing;
using Xunit.Abstractions;

namespace OrleansSessions.Protocol.Tests;

/// <summary>
/// Many clients over four front ends and two clusters that share one store, so that every session may be active twice all
/// the time; calls and drops are delayed by a seed. What the clients saw is held against the invariants I1 to I7.
/// </summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Users = 6;
    private const int ClientsPerUser = 4;
    private const int OperationsPerClient = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task I1_to_I6_hold_while_every_session_may_be_active_twice(int seed) => RunAsync(seed, new HistorySettings(), static _ => { });

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public Task F3_I1_to_I6_hold_while_sign_ins_evict(int seed) =>
        RunAsync(seed, new HistorySettings { SignInsEvict = true }, static _ => { }, ("Sessions:MaxPerUser", "2"));

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public Task F3_I1_to_I6_hold_while_answers_of_sign_ins_are_lost(int seed) =>
        RunAsync(seed, new HistorySettings(), static services => services.AddSingleton<IOutgoingGrainCallFilter>(new LostSignIns()));

    private async Task RunAsync(
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
            ("Leases:Duration", "00:00:00.5"),
            ("Leases:OwnershipWindow", "00:00:01"),
            ("Leases:ClockTolerance", "00:00:00.1"),
            .. settings,
        ]);
}
