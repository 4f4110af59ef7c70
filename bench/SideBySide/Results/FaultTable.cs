namespace OrleansSessions.SideBySide;

/// <summary>Revocation under faults in one table: a row for each contender, a column for each fault.</summary>
internal static class FaultTable
{
    /// <summary>Whether there is anything to show.</summary>
    public static bool IsIn(Results results) => results.Figures.Any(figure => figure.Scenario == RevocationUnderFault.ScenarioName);

    /// <summary>Renders it: what was accepted.</summary>
    public static string Render(Results results) => Render(results, "accepted after the sign-out", Cell);

    /// <summary>Renders the price: how long the slowest sign-out took.</summary>
    public static string RenderSlowest(Results results) => Render(results, "longest sign-out", (_, fault, contender) =>
        Find(results, RevocationUnderFault.Slowest(fault), contender) is { } slowest ? Time(slowest.Median) : "–");

    private static string Render(Results results, string corner, Func<Results, string, Contender, string> cell)
    {
        var contenders = Contender.All.Where(contender => Find(results, RevocationUnderFault.Worst, contender) is not null);
        return Tables.Table(
            [corner, .. Fault.All.Select(fault => fault.Name)],
            contenders.Select(contender => (string[])[contender.Title, .. Fault.All.Select(fault => cell(results, fault.Name, contender))]));
    }

    private static string Cell(Results results, string fault, Contender contender)
    {
        if (Find(results, RevocationUnderFault.Trials(fault), contender) is not { } trials)
        {
            return "–";
        }

        var broken = Find(results, RevocationUnderFault.Broken(fault), contender)!.Median;
        var last = Find(results, RevocationUnderFault.LastAcceptance(fault), contender)!;
        var lost = Find(results, RevocationUnderFault.NotDurable(fault), contender)!.Median;
        var refused = Find(results, RevocationUnderFault.Refused(fault), contender)!.Median;
        string?[] parts =
        [
            $"{broken} of {trials.Median}",
            broken > 0 ? $"{(last.Remark is null ? "for" : "for more than")} {Time(last.Median)}" : null,
            lost > 0 ? $"{lost} not durable" : null,
            refused > 0 ? $"{refused} errors" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Time(double milliseconds) => milliseconds < 1000 ? $"{Numbers.Show(milliseconds)} ms" : $"{Numbers.Show(milliseconds / 1000)} s";

    private static Figure? Find(Results results, Metric metric, Contender contender) =>
        results.Find(RevocationUnderFault.ScenarioName, metric, contender);
}
