using System.Text.Json;

namespace OrleansSessions.SideBySide;

/// <summary>What an earlier run has measured, as its file tells: for scenarios that take long and do not mind a busy machine.</summary>
internal sealed record EarlierRun(
    DateTimeOffset StartedAt,
    MachineInfo Machine,
    IReadOnlyDictionary<string, string> Descriptions,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<MemorySample> Memory)
{
    /// <summary>The scenarios that it has measured.</summary>
    public IReadOnlyList<string> Scenarios { get; } = [.. Figures.Select(figure => figure.Scenario).Distinct()];

    /// <summary>Reads one.</summary>
    public static EarlierRun Read(string file) => JsonSerializer.Deserialize<EarlierRun>(File.ReadAllText(file), Report.Json)!;
}
