using System.Text.RegularExpressions;

namespace OrleansSessions.Packages.Tests;

/// <summary>What an adopter is told to type: the commands, and the program.</summary>
internal sealed partial record Guide(IReadOnlyList<string> Commands, string Program)
{
    /// <summary>Reads the first block of commands that makes an application, and the first program.</summary>
    public static Guide Read(string path)
    {
        var blocks = Fence().Matches(File.ReadAllText(path))
            .Select(static match => (Language: match.Groups["language"].Value, Text: match.Groups["text"].Value)).ToList();
        var commands = blocks.First(static block => block.Language == "sh" && block.Text.Contains("dotnet new web", StringComparison.Ordinal)).Text;
        return new Guide(
            [.. commands.Split(["\n", "&&"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            blocks.First(static block => block.Language == "csharp").Text);
    }

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
