using System.Globalization;
using System.Text;

namespace OrleansSessions.SideBySide;

/// <summary>Tables in Markdown.</summary>
internal static class Tables
{
    /// <summary>The goals, and what became of them.</summary>
    public static string Goals(Results results)
    {
        var table = new StringBuilder("| figure | goal | measured | |\n|---|---:|---:|---|\n");
        foreach (var goal in Goal.All)
        {
            var (measured, verdict) = goal.Read(results) is { } reading
                ? (Numbers.Show(reading.Value) + goal.Unit,
                    (goal.IsReachedBy(reading.Value) ? "reached" : "**missed**") + (reading.Rounds > 1 ? "" : ", measured once"))
                : ("", "not measured");
            table.Append(CultureInfo.InvariantCulture, $"| {goal.Title} | {goal.Symbol} | {measured} | {verdict} |\n");
        }

        return table.ToString();
    }

    /// <summary>A scenario: a row for each contender, a column for each metric. The best of a column is bold.</summary>
    /// <remarks>What is measured at several sizes has a column for each size, and a table or, of one contender, a row for each metric.</remarks>
    public static string Scenario(IReadOnlyList<Figure> figures)
    {
        var metrics = figures.Select(figure => figure.Metric).Distinct().ToArray();
        var contenders = Contender.All.Where(c => figures.Any(figure => figure.Contender == c.Name)).ToArray();
        if (metrics.All(metric => metric.At is null))
        {
            return Compare("", contenders, metrics, Title, figures);
        }

        var byName = metrics.GroupBy(metric => metric.Name).ToArray();
        var sizes = metrics.Select(metric => metric.At!).Distinct().ToArray();
        return contenders.Length == 1
            ? Table([contenders[0].Title, .. sizes], byName.Select(same => (string[])
                [Title(same.First()), .. sizes.Select(size => Cell(figures, same.First() with { At = size }, contenders[0], isBold: false))]))
            : string.Join("\n", byName.Select(same => Compare(Title(same.First()), contenders, [.. same], metric => metric.At!, figures)));
    }

    /// <summary>A table whose first column is text and whose others are numbers.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new StringBuilder();
        void Append(IEnumerable<string> cells) => table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Append(head);
        Append(head.Select((_, i) => i == 0 ? "---" : "---:"));
        foreach (var row in rows)
        {
            Append(row);
        }

        return table.ToString();
    }

    private static string Compare(
        string corner, Contender[] contenders, Metric[] metrics, Func<Metric, string> head, IReadOnlyList<Figure> figures) =>
        Table([corner, .. metrics.Select(head)], contenders.Select(contender => (string[])
            [contender.Title, .. metrics.Select(metric => Cell(figures, metric, contender, Winners.IsBest(figures, metric, contender)))]));

    private static string Title(Metric metric) => $"{metric.Name}, {metric.Unit}";

    private static string Cell(IReadOnlyList<Figure> figures, Metric metric, Contender contender, bool isBold)
    {
        var figure = figures.FirstOrDefault(f => f.Metric == metric && f.Contender == contender.Name);
        var text = figure is null ? "–" : Numbers.Show(figure) + (figure.Remark is null ? "" : " \\*");
        return isBold ? $"**{text}**" : text;
    }
}
