using System.Text;

namespace OrleansSessions.SideBySide;

/// <summary>The block of the project's README that shows the results in short.</summary>
internal static class ReadmeBlock
{
    private const string Begin = "<!-- benchmark:begin -->";
    private const string End = "<!-- benchmark:end -->";

    private const string None = "–";

    private static readonly (string Scenario, Metric Metric, string Title)[] Columns =
    [
        ("hot", Hot.Throughput, "hot, requests/s"),
        ("hot", RequestCost.Processor, "µs each"),
        ("cold", Cold.Throughput, "cold, requests/s"),
        ("cold", RequestCost.Processor, "µs each"),
        ("page-loads", PageLoads.P99, "page loads, p99 ms"),
        ("page-loads", RequestCost.CommandsPerThousand, "Redis commands per 1,000 of those"),
        ("sign-in", SignIn.Throughput, "sign-ins/s"),
        ("sign-in", RequestCost.Processor, "µs each"),
        ("server-killed", ServerKilled.Lost, "sessions lost with a server, %"),
    ];

    /// <summary>Replaces the block, where the README has one.</summary>
    public static void Replace(Run run, Results results)
    {
        var file = Path.Combine(run.Paths.Root, "README.md");
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin >= 0 && end > begin)
        {
            File.WriteAllText(file, text[..(begin + Begin.Length)] + "\n" + Render(results) + text[end..]);
        }
    }

    private static string Render(Results results)
    {
        var rows = Contender.All
            .Select(contender => (string[])[contender.Title, .. Columns.Select(column => Cell(results.Find(column.Scenario, column.Metric, contender)))])
            .Where(row => row.Skip(1).Any(cell => cell != None));
        var once = Columns.Where(column => results.Find(column.Scenario, column.Metric, Contender.OrleansSessions) is { Values.Length: 1 }).ToArray();
        return new StringBuilder()
            .Append(FaultTable.IsIn(results) ? Faults(results) : "")
            .Append(Tables.Table(["", .. Columns.Select(column => column.Title)], rows))
            .Append('\n').Append(results.Caveat)
            .Append(results.Rounds > 1 ? $"Medians of {results.Rounds} rounds. " : "")
            .Append(results.Rounds > 1 && once.Length > 0 ? $"Measured once: {string.Join("; ", once.Select(column => column.Title))}. " : "")
            .Append("µs: processor time of all processes of a contender, for each request. One machine for everything, so only ratios mean something. Goals, settings, and where others win:\n")
            .Append("[docs/benchmarks](docs/benchmarks/README.md).\n")
            .ToString();
    }

    private static string Faults(Results results) =>
        FaultTable.Render(results) +
        "\nSign-outs after whose answer a front end still accepted the session, of how many, and for how long; *errors* are sign-outs that were not confirmed.\n\n" +
        "![Accepted after the sign-out](docs/benchmarks/revocation-under-fault.svg)\n\n";

    private static string Cell(Figure? figure) => figure is null ? None : Numbers.Show(figure.Median);
}
