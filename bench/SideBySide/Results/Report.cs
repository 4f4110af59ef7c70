using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Spectre.Console;

namespace OrleansSessions.SideBySide;

/// <summary>Writes what was measured: JSON for programs, pages and plots for readers.</summary>
internal static class Report
{
    /// <summary>How results are written.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes everything. Only a full run replaces the published results, unless it is told to.</summary>
    /// <param name="run">The run.</param>
    /// <param name="results">What it measured.</param>
    /// <param name="wasStopped">Whether it was ended before its time, so that it is not a full one.</param>
    public static void Write(Run run, Results results, bool wasStopped)
    {
        var published = Path.Combine(run.Paths.Root, "docs", "benchmarks");
        var isPartial = wasStopped || run.Options.Quick || run.Options.Only.Count > 0;
        var output = Path.GetFullPath(
            run.Options.Output ?? (isPartial ? Path.Combine(run.Paths.Root, "artifacts", "benchmarks") : published));
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, "results.json"), Serialize(run, results));
        File.WriteAllText(Path.Combine(output, "README.md"), Page.Render(run, results));
        Plots.Write(output, results);
        MemoryCurve.Write(output, results);
        if (output == published)
        {
            ReadmeBlock.Replace(run, results);
        }

        AnsiConsole.MarkupLineInterpolated($"Results: {Path.Combine(output, "README.md")}");
    }

    private static string Serialize(Run run, Results results) => JsonSerializer.Serialize(
        new
        {
            results.StartedAt,
            run.Options.Quick,
            run.Machine,
            Settings = run.Scale,
            Goals = Goal.All.Select(goal => (Goal: goal, Reading: goal.Read(results))).Select(pair => new
            {
                pair.Goal.Title,
                Goal = pair.Goal.Symbol,
                Measured = pair.Reading?.Value,
                pair.Reading?.Rounds,
                Reached = pair.Reading is { } reading ? pair.Goal.IsReachedBy(reading.Value) : (bool?)null,
            }),
            Descriptions = Scenarios.Of(run.Scale).DistinctBy(scenario => scenario.Name)
                .Where(scenario => results.Figures.Any(figure => figure.Scenario == scenario.Name))
                .ToDictionary(scenario => scenario.Name, scenario => results.DescriptionOf(scenario)),
            results.Figures,
            results.Memory,
            results.Stolen,
            results.Failures,
            results.LeftOut,
        },
        Json) + "\n";
}
