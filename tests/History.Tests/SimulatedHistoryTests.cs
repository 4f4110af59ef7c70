using CsCheck;

namespace OrleansSessions.History.Tests;

public sealed class SimulatedHistoryTests
{
    private const int Histories = 3_000;

    [Fact]
    public void A_correct_system_is_never_accused() => SimulatedCall.Many.Sample(
        calls => Assert.Empty(HistoryChecker.Check(Simulator.Run(calls), Simulator.Settings)),
        iter: Histories,
        print: Print);

    [Fact]
    public void A_spoiled_history_is_always_caught() => Gen
        .Select(SimulatedCall.Many, Gen.Int[0, Spoiler.All.Length - 1], Gen.Int[0, 999])
        .Sample(
            (calls, which, choice) =>
            {
                var spoiler = Spoiler.All[which];
                var spoiled = spoiler.Apply(Simulator.Run(calls), choice);
                Assert.Contains(HistoryChecker.Check(spoiled, Simulator.Settings), violation => violation.Invariant == spoiler.Breaks);
            },
            iter: Histories,
            print: sample => $"{Spoiler.All[sample.Item2].Breaks}, choice {sample.Item3}{Environment.NewLine}{Print(sample.Item1)}");

    private static string Print(SimulatedCall[] calls) => HistoryText.Describe(Simulator.Run(calls));
}
