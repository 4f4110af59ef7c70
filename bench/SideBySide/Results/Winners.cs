namespace OrleansSessions.SideBySide;

/// <summary>Says who is best at what, and why, where that is not OrleansSessions.</summary>
internal static class Winners
{
    // What lies closer together than this is a draw.
    private const double Tie = 0.03;

    /// <summary>Whether a contender is the best by a metric, or as good as the best.</summary>
    public static bool IsBest(IReadOnlyList<Figure> figures, Metric metric, Contender contender)
    {
        var own = Competitors(figures, metric).FirstOrDefault(figure => figure.Contender == contender.Name);
        return own is not null && !Competitors(figures, metric).Any(other => IsAhead(other, own));
    }

    /// <summary>One sentence or two for each contender that is ahead of OrleansSessions in something.</summary>
    public static IEnumerable<string> Explain(IReadOnlyList<Figure> figures) =>
        from contender in Contender.All
        where contender != Contender.OrleansSessions && contender.KeepsSessions
        let ahead = figures
            .Where(figure => figure.Contender == contender.Name)
            .Where(figure => figures.Any(own =>
                own.Contender == Contender.OrleansSessions.Name && own.Metric == figure.Metric && IsAhead(figure, own)))
            .Select(figure => figure.Metric.Name)
            .ToArray()
        where ahead.Length > 0
        select $"*{contender.Title} is ahead of OrleansSessions in {string.Join("; ", ahead)}.* {contender.WhereItWins}";

    // The ceiling takes part in the table, and not in the race.
    private static IEnumerable<Figure> Competitors(IReadOnlyList<Figure> figures, Metric metric) =>
        figures.Where(figure => figure.Metric == metric && figure.Contender != Contender.Bare.Name);

    private static bool IsAhead(Figure one, Figure other) => one.Metric.Better == Better.Higher
        ? one.Median > other.Median * (1 + Tie)
        : one.Median < other.Median * (1 - Tie);
}
