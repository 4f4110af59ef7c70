namespace OrleansSessions.SideBySide;

/// <summary>Says who is best at what, and why, where that is not OrleansSessions.</summary>
internal static class Winners
{
    // What lies closer together than this is a draw.
    private const double Tie = 0.03;

    /// <summary>Whether nobody is ahead of a contender by a metric.</summary>
    public static bool IsBest(IReadOnlyList<Figure> figures, Metric metric, Contender contender)
    {
        var own = Competitors(figures, metric).FirstOrDefault(figure => figure.Contender == contender.Name);
        return own is not null && !Competitors(figures, metric).Any(other => IsAhead(other, own));
    }

    /// <summary>What OrleansSessions pays in a scenario, and who is ahead of it there, and for what bargain.</summary>
    public static IEnumerable<string> Explain(IScenario scenario, IReadOnlyList<Figure> figures)
    {
        var sentences =
            (from contender in Contender.All
             where !contender.IsOurs && contender.KeepsSessions
             let ahead = figures.Where(figure => figure.Contender == contender.Name && IsAheadOfUs(figures, figure)).ToArray()
             where ahead.Length > 0
             select $"*{contender.Title} is ahead in {string.Join("; ", ahead.GroupBy(figure => figure.Metric.Name).Select(name => Name(name, figures)))}.* {contender.Bargain}")
            .ToArray();
        return sentences.Length > 0 && scenario.Price.Length > 0 ? [scenario.Price, .. sentences] : sentences;
    }

    private static string Name(IGrouping<string, Figure> ahead, IReadOnlyList<Figure> figures)
    {
        var sizes = ahead.Select(figure => figure.Metric.At).ToArray();
        return sizes[0] is null ? ahead.Key
            : sizes.Length == figures.Count(figure => figure.Contender == ahead.First().Contender && figure.Metric.Name == ahead.Key) ? $"{ahead.Key}, at each size"
            : $"{ahead.Key} ({string.Join("; ", sizes)})";
    }

    private static bool IsAheadOfUs(IReadOnlyList<Figure> figures, Figure figure) => !figure.Metric.IsPart && figures.Any(own =>
        own.Contender == Contender.OrleansSessions.Name && own.Metric == figure.Metric && IsAhead(figure, own));

    // The ceilings take part in the table, and not in the race.
    private static IEnumerable<Figure> Competitors(IReadOnlyList<Figure> figures, Metric metric) =>
        figures.Where(figure => figure.Metric == metric && !metric.IsPart && Contender.All.Any(c => c.Name == figure.Contender && c.KeepsSessions));

    private static bool IsAhead(Figure one, Figure other) => !one.Scatters(other) && (one.Metric.Better == Better.Higher
        ? one.Median > other.Median * (1 + Tie)
        : one.Median < other.Median * (1 - Tie));
}
