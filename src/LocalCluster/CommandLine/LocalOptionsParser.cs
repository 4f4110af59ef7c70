using System.Globalization;

namespace OrleansSessions.LocalCluster.CommandLine;

/// <summary>Reads the command line: <c>--name value</c> or <c>--name=value</c>.</summary>
internal static class LocalOptionsParser
{
    public static ParsedCommandLine Parse(IReadOnlyList<string> args)
    {
        var options = new LocalOptions();
        var words = new Queue<string>(args.SelectMany(SplitAtEquals));
        try
        {
            while (words.TryDequeue(out var name))
            {
                if (name is "--help" or "-h" or "-?")
                {
                    return new ParsedCommandLine(null, Help: true);
                }

                options = Apply(options, name, words);
            }

            return Check(options);
        }
        catch (FormatException e)
        {
            return new ParsedCommandLine(null, Error: e.Message);
        }
    }

    private static LocalOptions Apply(LocalOptions options, string name, Queue<string> words) => name switch
    {
        "--redis" => options with { Redis = Text(name, words) },
        "--silos" => options with { Silos = Number(name, words, LocalOptions.MaxServers) },
        "--frontends" => options with { FrontEnds = Number(name, words, LocalOptions.MaxServers) },
        "--port" => options with { Port = Number(name, words, 65535) },
        "--data" => options with { Data = Text(name, words) },
        "--co-hosted" => options with { CoHosted = true },
        "--ephemeral" => options with { Ephemeral = true },
        _ => throw new FormatException($"there is no option {name}."),
    };

    private static ParsedCommandLine Check(LocalOptions options)
    {
        var error = options switch
        {
            { Redis: not null, Data: not null } => "--redis and --data exclude each other.",
            { Redis: not null, Ephemeral: true } => "--redis and --ephemeral exclude each other.",
            { Data: not null, Ephemeral: true } => "--data and --ephemeral exclude each other.",
            _ when options.Port + options.FrontEnds - 1 > 65535 => "--port leaves no room for that many front ends.",
            _ => null,
        };
        return error is null ? new ParsedCommandLine(options) : new ParsedCommandLine(null, Error: error);
    }

    private static string[] SplitAtEquals(string word) =>
        word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=', 2) : [word];

    private static string Text(string name, Queue<string> words) =>
        words.TryDequeue(out var word) && word.Length > 0 && !word.StartsWith("--", StringComparison.Ordinal)
            ? word
            : throw new FormatException($"{name} needs a value.");

    private static int Number(string name, Queue<string> words, int largest) =>
        int.TryParse(Text(name, words), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= largest
            ? number
            : throw new FormatException($"{name} needs a number from 1 to {largest}.");
}
