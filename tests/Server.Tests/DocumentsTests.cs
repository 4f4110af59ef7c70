using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using OrleansSessions.Accounts;
using OrleansSessions.AspNetCore;
using OrleansSessions.Grains;
using OrleansSessions.WebFrontend;

namespace OrleansSessions.Server.Tests;

/// <summary>What the documents say is what the code has.</summary>
public sealed partial class DocumentsTests
{
    private static readonly string Root = typeof(DocumentsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static each => each.Key == "Repository").Value!;

    private static readonly Dictionary<string, object> Options = new()
    {
        [ClusterSettings.Section] = new ClusterSettings(),
        [LoginSessionOptions.Section] = new LoginSessionOptions(),
        [LeaseOptions.Section] = new LeaseOptions(),
        [AccountOptions.Section] = new AccountOptions(),
        [SiloSettings.Section] = new SiloSettings(),
        [SessionClientOptions.Section] = new SessionClientOptions(),
        [WebOptions.Section] = new WebOptions(),
    };

    [Fact]
    public void The_reference_has_a_row_for_each_setting_and_no_other()
    {
        var settings = from section in Options
                       from property in section.Value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                       select NameOf(section.Key, property);

        Assert.Equal(settings.Order(StringComparer.Ordinal), ReadRows().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reference_tells_the_true_defaults()
    {
        var rows = ReadRows();
        foreach (var (section, options) in Options)
        {
            foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                // Where there is none in code, words say what happens.
                if (Words(property.GetValue(options)) is { } expected)
                {
                    Assert.Equal((property.Name, expected), (property.Name, rows[NameOf(section, property)]));
                }
            }
        }
    }

    [Fact]
    public void The_readme_shows_the_sample_as_it_is()
    {
        var shown = Regex.Match(File.ReadAllText(Path.Combine(Root, "README.md")), @"```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(File.ReadAllText(Path.Combine(Root, "samples/Minimal/Program.cs")), shown);
    }

    [Fact]
    public void Each_sample_is_told_of_runs_in_Development_and_is_under_60_lines()
    {
        var table = File.ReadAllText(Path.Combine(Root, "samples/README.md"));
        foreach (var project in Directory.GetFiles(Path.Combine(Root, "samples"), "*.csproj", SearchOption.AllDirectories))
        {
            var (folder, name) = (Path.GetDirectoryName(project)!, Path.GetFileNameWithoutExtension(project));
            var profile = Path.Combine(folder, "Properties/launchSettings.json");

            Assert.Contains($"[{name}]({name}/Program.cs)", table, StringComparison.Ordinal);
            // Without it, `dotnet run` starts in Production, which asks for a Redis.
            Assert.True(File.Exists(profile), $"samples/{name} has no launch profile.");
            Assert.Contains("\"ASPNETCORE_ENVIRONMENT\": \"Development\"", File.ReadAllText(profile), StringComparison.Ordinal);
            Assert.InRange(File.ReadAllLines(Path.Combine(folder, "Program.cs")).Length, 1, 59);
        }
    }

    private static string NameOf(string section, PropertyInfo property) =>
        $"{section}:{property.Name}"[(ClusterSettings.Section.Length + 1)..];

    private static Dictionary<string, string> ReadRows() => SettingRow().Matches(File.ReadAllText(Path.Combine(Root, "docs/reference.md")))
        .ToDictionary(static row => row.Groups[1].Value, static row => row.Groups[2].Value.Trim('`'), StringComparer.Ordinal);

    private static string? Words(object? value) => value switch
    {
        TimeSpan time when time.Ticks % TimeSpan.TicksPerDay == 0 => $"{time.TotalDays:0} d",
        TimeSpan time when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours:0} h",
        TimeSpan time when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{time.TotalMinutes:0} min",
        TimeSpan time => $"{time.TotalSeconds:0} s",
        bool flag => flag ? "true" : "false",
        // A port is a name, and takes no comma.
        int number => number is >= 1024 and <= 65535 ? $"{number}" : number.ToString("N0", CultureInfo.InvariantCulture),
        long bytes => $"{bytes >> 20} MiB",
        string or Enum => $"{value}",
        _ => null,
    };

    [GeneratedRegex(@"^\| `([A-Za-z:]+)` \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
