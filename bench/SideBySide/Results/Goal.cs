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
    public static IReadOnlyList<Goal> All(Scale scale) =>
    [
        Hot(Contender.Bare, 0.80),
        Hot(Contender.StatelessCookie, 1.4),
        Hot(Contender.TicketStore, 3),
        Hot(Contender.AspNetSession, 5),
        Hot(Contender.Express, 8),
        new("cold, to ITicketStore on Redis", 1.0, true, "×", Ratio("cold", Cold.Throughput, Contender.TicketStore)),
        new("page loads: p99 latency, to ITicketStore on Redis", 0.7, false, "×", Ratio("page-loads", PageLoads.P99, Contender.TicketStore)),
        new("sign-in, to ITicketStore on Redis (which keeps no index of a user's sessions)", 0.8, true, "×",
            Ratio("sign-in", SignIn.Throughput, Contender.TicketStore)),
        new("page loads: Redis commands, to ITicketStore on Redis", 0.15, false, "×",
            Ratio("page-loads", RedisCost.CommandsPerThousand, Contender.TicketStore)),
        new("revocation: p99 with 4 front ends", 10, false, " ms", Own("revocation", RevocationWindow.P99)),
        new("revocation: acceptances of requests sent after it", 0, false, "", Own("revocation", RevocationWindow.Late)),
        new("silo memory per active session", 4096, false, " B", Largest(scale, GrowingSessions.Active)),
        new("silo memory per idle session (less than 32 B of a whole heap is noise)", 32, false, " B", Largest(scale, GrowingSessions.Idle)),
        new("sessions lost when a server is killed", 0, false, " %", Own("server-killed", ServerKilled.Lost)),
    ];

    private static Goal Hot(Contender other, double target) =>
        new($"hot, to {other.Title}", target, true, "×", Ratio("hot", SideBySide.Hot.Throughput, other));

    private static Func<Results, Reading?> Own(string scenario, Metric metric) =>
        results => results.Find(scenario, metric, Contender.OrleansSessions) is { } own ? new Reading(own.Median, own.Values.Length) : null;

    // With the most sessions that were reached.
    private static Func<Results, Reading?> Largest(Scale scale, Func<int, Metric> metric) =>
        results => scale.GrowthSessions.Reverse().Select(sessions => Own("growth", metric(sessions))(results)).FirstOrDefault(value => value is not null);

    private static Func<Results, Reading?> Ratio(string scenario, Metric metric, Contender other) => results =>
        results.Find(scenario, metric, Contender.OrleansSessions) is { } own && results.Find(scenario, metric, other) is { } others
            ? new Reading(own.Median / others.Median, Math.Min(own.Values.Length, others.Values.Length))
            : null;
}

/// <summary>A figure as it was measured.</summary>
/// <param name="Value">The median, or the ratio of two.</param>
/// <param name="Rounds">Of how many values.</param>
internal sealed record Reading(double Value, int Rounds);
