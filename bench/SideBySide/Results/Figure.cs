namespace OrleansSessions.SideBySide;

/// <summary>The values of all rounds.</summary>
internal sealed record Figure(
    string Scenario, Metric Metric, string Contender, double Median, double Min, double Max, double[] Values, string? Remark)
{
    /// <summary>Sums the rounds up.</summary>
    public static Figure Of(string scenario, Metric metric, string contender, IReadOnlyList<Measurement> rounds)
    {
        var values = rounds.Select(round => round.Value).Order().ToArray();
        var median = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        var remark = rounds.Select(round => round.Remark).FirstOrDefault(text => text is not null);
        return new Figure(scenario, metric, contender, median, values[0], values[^1], [.. rounds.Select(round => round.Value)], remark);
    }

    /// <summary>Whether the rounds of the two do not tell which is ahead: one's median lies among the values of the other.</summary>
    public bool Scatters(Figure other) =>
        (Values.Length > 1 && other.Median >= Min && other.Median <= Max) ||
        (other.Values.Length > 1 && Median >= other.Min && Median <= other.Max);
}
