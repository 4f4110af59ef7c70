using System.Globalization;

namespace OrleansSessions.SideBySide;

/// <summary>The processor time of processes and their children, as Linux counts it.</summary>
internal static class ProcessTime
{
    private const double TicksPerSecond = 100;

    // After the name, which may hold blanks and ends with a bracket: state, parent, …
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int Times = 4;

    /// <summary>Reads it: own time, that of living children, and that of those which have ended.</summary>
    public static TimeSpan Of(IEnumerable<int> processes)
    {
        var wanted = processes.ToHashSet();
        if (wanted.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Line>()
            .ToDictionary(line => line.Id);
        return TimeSpan.FromSeconds(all.Values.Where(line => IsWanted(line)).Sum(line => line.Ticks) / TicksPerSecond);

        bool IsWanted(Line? line) => line is not null && (wanted.Contains(line.Id) || IsWanted(all.GetValueOrDefault(line.Parent)));
    }

    private static Line? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Number(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
            return new Line(id, (int)Number(Parent), Enumerable.Range(FirstTime, Times).Sum(Number));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private sealed record Line(int Id, int Parent, long Ticks);
}
