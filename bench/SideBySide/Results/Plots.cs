using ScottPlot;

namespace OrleansSessions.SideBySide;

/// <summary>The plots.</summary>
internal static class Plots
{
    private const int Width = 820;
    private const int Height = 420;
    private const double BarThickness = 0.76;

    private static readonly Color Ours = Color.FromHex("#5b3cc4");
    private static readonly Color Others = Color.FromHex("#9aa5b1");

    private static readonly BarPlot[] All =
    [
        new("revocation-under-fault", "Accepted after the sign-out: the worst case, seconds",
            RevocationUnderFault.ScenarioName, RevocationUnderFault.Worst, UnitsPerUnitShown: 1000),
        new("hot", "Requests per second with hot sessions", "hot", Hot.Throughput),
        new("page-loads", "Page loads: p99 latency in milliseconds", "page-loads", PageLoads.P99),
        new("redis-commands", "Page loads: Redis commands per 1,000 requests", "page-loads", RequestCost.CommandsPerThousand),
    ];

    /// <summary>The plots for which something was measured.</summary>
    public static IEnumerable<BarPlot> Of(Results results) => All.Where(plot =>
        results.Figures.Any(figure => figure.Scenario == plot.Scenario && figure.Metric == plot.Metric));

    /// <summary>Draws them, as PNG and SVG.</summary>
    public static void Write(string directory, Results results)
    {
        foreach (var bars in Of(results))
        {
            using var plot = Draw(bars, results);
            plot.SavePng(Path.Combine(directory, $"{bars.File}.png"), Width, Height);
            plot.SaveSvg(Path.Combine(directory, $"{bars.File}.svg"), Width, Height);
        }
    }

    private static Plot Draw(BarPlot what, Results results)
    {
        var rows = Contender.All.Reverse()
            .Select(contender => (Contender: contender, Figure: results.Find(what.Scenario, what.Metric, contender)))
            .Where(row => row.Figure is not null)
            .ToArray();
        var plot = new Plot();
        var bars = plot.Add.Bars(rows.Select((row, i) => new Bar
        {
            Position = i,
            Value = row.Figure!.Median / what.UnitsPerUnitShown,
            Size = BarThickness,
            FillColor = row.Contender.IsOurs ? Ours : Others,
            LineWidth = 0,
            Label = (row.Figure.Remark is null ? "" : "> ") + Numbers.Show(row.Figure.Median / what.UnitsPerUnitShown),
        }).ToList());
        bars.Horizontal = true;
        plot.Title(what.Title);
        plot.Axes.Left.SetTicks([.. rows.Select((_, i) => (double)i)], [.. rows.Select(row => row.Contender.Title)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.HideGrid();
        plot.Axes.Margins(left: 0, right: 0.25);
        if (rows.All(row => row.Figure!.Median == 0))
        {
            plot.Axes.SetLimitsX(0, 1);
        }

        return plot;
    }

    /// <summary>A plot of one figure of all contenders.</summary>
    /// <param name="File">Its file, without extension.</param>
    /// <param name="Title">What it shows.</param>
    /// <param name="Scenario">Where it was measured.</param>
    /// <param name="Metric">What was measured.</param>
    /// <param name="UnitsPerUnitShown">How many of its units make one of those that are shown.</param>
    public sealed record BarPlot(string File, string Title, string Scenario, Metric Metric, double UnitsPerUnitShown = 1);
}
