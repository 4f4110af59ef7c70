namespace OrleansSessions.SideBySide;

/// <summary>What OrleansSessions is meant to reach.</summary>
/// <param name="Title">The figure.</param>
/// <param name="Target">How much.</param>
/// <param name="IsAtLeast">Whether the target is a lower bound; an upper one otherwise.</param>
/// <param name="Unit">What follows the number.</param>
/// <param name="Read">Reads the figure; null where it was not measured.</param>
internal sealed record Goal(string Title, double Target, bool IsAtLeast, string Unit, Func<Results, Reading?> Read)
{
    /// <summary>The goal in symbols.</summary>
    public string Symbol => $"{(IsAtLeast ? "≥" : "≤")} {Numbers.Show(Target)}{Unit}";

    /// <summary>Whether a value reaches it.</summary>
    public bool IsReachedBy(double value) => IsAtLeast ? value >= Target : value <= Target;

    /// <summary>All goals.</summary>
    public static IReadOnlyList<Goal> All { get; } =
    [
        Hot(Contender.BareAuthenticated, 0.90),
        Hot(Contender.TicketStore, 3),
        Hot(Contender.AspNetSession, 5),
        Hot(Contender.Express, 8),
        Hot(Contender.FusionCache, 0.9),
        new("cold, to ITicketStore on Redis", 1.1, true, "×", Ratio("cold", SideBySide.Cold.Throughput, Contender.TicketStore)),
        new("cold: processor time, to ITicketStore on Redis", 1.0, false, "×", Ratio("cold", RequestCost.Processor, Contender.TicketStore)),
        new("cold with 3 silos, to cold with 1", 0.95, true, "×", Ratio(
            Own("growth-servers", GrowingServers.Cold(GrowingServers.Size(1, 3))), Own("growth-servers", GrowingServers.Cold(GrowingServers.Size(1, 1))))),
        new("page loads: p99 latency, to ITicketStore on Redis", 0.7, false, "×", Ratio("page-loads", PageLoads.P99, Contender.TicketStore)),
        new("page loads: Redis commands, to ITicketStore on Redis", 0.15, false, "×",
            Ratio("page-loads", RequestCost.CommandsPerThousand, Contender.TicketStore)),
        new("sign-in: processor time, to ITicketStore on Redis (which keeps no index of a user's sessions)", 2.6, false, "×",
            Ratio("sign-in", RequestCost.Processor, Contender.TicketStore)),
        new("sign-in: commands that Redis executes", 8, false, "", Own("operation-cost", OperationCost.Commands(OperationCost.SignIn))),
        new("first sign-in of a user: commands that Redis executes", 8, false, "", Own("operation-cost", OperationCost.Commands(OperationCost.FirstSignIn))),
        new("sign-in at a fixed rate: p99 latency", 15, false, " ms", Own("sign-in-rate", SignInRate.P99)),
        new("sign-in at a fixed rate: p99 latency, to ITicketStore on Redis", 3, false, "×", Ratio("sign-in-rate", SignInRate.P99, Contender.TicketStore)),
        Hot(Contender.CoHosted, Contender.BareAuthenticated, 0.85),
        Cold(Contender.CoHosted, 0.9),
        new($"sign-in: processor time of {Contender.CoHosted.Title}, to {Contender.TicketStore.Title}", 4, false, "×", Ratio(
            Of("sign-in", RequestCost.Processor, Contender.CoHosted), Of("sign-in", RequestCost.Processor, Contender.TicketStore))),
        Hot(Contender.CookieDropIn, Contender.TicketStore, 2.5),
        Cold(Contender.CookieDropIn, 0.9),
        Hot(Contender.IdentityDropIn, Contender.TicketStore, 2.5),
        Cold(Contender.IdentityDropIn, 0.9),
        new("revocation: p99 with 4 front ends", 10, false, " ms", Own("revocation", RevocationWindow.P99)),
        NeverBroken(Contender.OrleansSessions),
        NeverBroken(Contender.CoHosted),
        NeverBroken(Contender.CookieDropIn),
        NeverBroken(Contender.IdentityDropIn),
        new("lone visits: activations left", 0, false, "", Own("lone-visits", LoneVisits.Left)),
        new("sessions lost when a server is killed", 0, false, " %", Own("server-killed", ServerKilled.Lost)),
    ];

    private static Goal Hot(Contender other, double target) =>
        new($"hot, to {other.Title}", target, true, "×", Ratio("hot", SideBySide.Hot.Throughput, other));

    private static Goal Hot(Contender own, Contender other, double target) => new(
        $"hot: {own.Title}, to {other.Title}", target, true, "×",
        Ratio(Of("hot", SideBySide.Hot.Throughput, own), Of("hot", SideBySide.Hot.Throughput, other)));

    private static Goal Cold(Contender own, double target) => new(
        $"cold: {own.Title}, to {Contender.TicketStore.Title}", target, true, "×",
        Ratio(Of("cold", SideBySide.Cold.Throughput, own), Of("cold", SideBySide.Cold.Throughput, Contender.TicketStore)));

    private static Goal NeverBroken(Contender own) => new(
        $"revocation under fault: sign-outs of {own.Title} with an acceptance, of all", 0, false, "", results => Broken(results, own));

    private static Func<Results, Reading?> Own(string scenario, Metric metric) =>
        Of(scenario, metric, Contender.OrleansSessions);

    private static Func<Results, Reading?> Of(string scenario, Metric metric, Contender contender) =>
        results => results.Find(scenario, metric, contender) is { } figure ? new Reading(figure.Median, figure.Values.Length) : null;

    private static Reading? Broken(Results results, Contender own)
    {
        var all = Fault.All
            .Select(fault => results.Find(RevocationUnderFault.ScenarioName, RevocationUnderFault.Broken(fault.Name), own))
            .ToArray();
        return all.All(figure => figure is not null) ? new Reading(all.Sum(figure => figure!.Values.Max()), all.Min(figure => figure!.Values.Length)) : null;
    }

    private static Func<Results, Reading?> Ratio(string scenario, Metric metric, Contender other) =>
        Ratio(Of(scenario, metric, Contender.OrleansSessions), Of(scenario, metric, other));

    private static Func<Results, Reading?> Ratio(Func<Results, Reading?> own, Func<Results, Reading?> other) => results =>
        own(results) is { } ours && other(results) is { Value: > 0 } theirs
            ? new Reading(ours.Value / theirs.Value, Math.Min(ours.Rounds, theirs.Rounds))
            : null;
}

/// <summary>A figure as it was measured.</summary>
/// <param name="Value">The median, or the ratio of two.</param>
/// <param name="Rounds">Of how many values.</param>
internal sealed record Reading(double Value, int Rounds);
