using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OrleansSessions.SideBySide;

/// <summary>What was asked for on the command line.</summary>
internal sealed record RunOptions
{
    private const string Usage = """
        dotnet run -c Release --project bench/SideBySide -- [options]
          --quick           small numbers, one round, at most five minutes
          --budget MINUTES  the main figures within so much time : what is measured once, then rounds while there is time
          --only a,b,…      these contenders and scenarios only, by name
          --add FILE        takes over what an earlier run has measured, and does not measure those scenarios (its results.json)
          --rounds N        how often the contenders take turns
          --port N          the first of the ports to use (default 23000)
          --output DIR      where results go (default docs/benchmarks)
        """;

    /// <summary>The command line.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Small numbers, for a look.</summary>
    public bool Quick { get; private set; }

    /// <summary>The contenders and scenarios that were asked for; empty for all.</summary>
    public IReadOnlyList<string> Only { get; private set; } = [];

    /// <summary>How many rounds, where it was said.</summary>
    public int? Rounds { get; private set; }

    /// <summary>How much time there is, where it was said.</summary>
    public int? Budget { get; private set; }

    /// <summary>The results of an earlier run, where they were named.</summary>
    public string? Add { get; private set; }

    /// <summary>The first port.</summary>
    public int Port { get; private set; } = 23000;

    /// <summary>Where results go, where it was said.</summary>
    public string? Output { get; private set; }

    /// <summary>Reads the command line.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out RunOptions? options, [NotNullWhen(false)] out string? error)
    {
        options = new RunOptions { Arguments = args };
        var rest = new Queue<string>(args);
        while (rest.TryDequeue(out var name))
        {
            if (!options.TrySet(name, rest))
            {
                (options, error) = (null, $"Cannot make sense of '{name}'.{Environment.NewLine}{Usage}");
                return false;
            }
        }

        var unknown = options.Only.Except(Contender.All.Select(c => c.Name)).Except(Scenarios.Names).ToArray();
        error = unknown.Length == 0 ? null : $"""
            No such contender or scenario: {string.Join(", ", unknown)}.
            Contenders: {string.Join(", ", Contender.All.Select(c => c.Name))}
            Scenarios: {string.Join(", ", Scenarios.Names)}
            """;
        return error is null;
    }

    /// <summary>Whether a contender or scenario takes part, given the names of its kind.</summary>
    public bool Includes(string name, IEnumerable<string> kind) =>
        Only.Contains(name) || !Only.Intersect(kind).Any();

    private bool TrySet(string name, Queue<string> rest)
    {
        if (name == "--quick")
        {
            return Quick = true;
        }

        if (!rest.TryDequeue(out var value))
        {
            return false;
        }

        switch (name)
        {
            case "--only":
                Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                return true;
            case "--add" when File.Exists(value):
                Add = value;
                return true;
            case "--output":
                Output = value;
                return true;
            case "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                Rounds = rounds;
                return true;
            case "--budget" when int.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                Budget = minutes;
                return true;
            case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port) && port is > 1023 and < 60000:
                Port = port;
                return true;
            default:
                return false;
        }
    }
}
