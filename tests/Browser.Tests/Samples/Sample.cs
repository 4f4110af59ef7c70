using System.Text.RegularExpressions;
using OrleansSessions.Cluster.Tests.Harness;

namespace OrleansSessions.Browser.Tests.Samples;

/// <summary>One of the samples, as a reader starts it: with sessions in its memory.</summary>
internal sealed partial class Sample : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private Sample(ChildProcess process, string address) => (_process, Address) = (process, address);

    /// <summary>Where it listens: under a name of this machine for which browsers keep secure cookies.</summary>
    public string Address { get; }

    public static async Task<Sample> StartAsync(string name, params string[] arguments)
    {
        var folder = Path.Combine(BuiltProgram.Repository, "samples", name, "bin", BuiltProgram.Configuration, "net10.0");
        var process = ChildProcess.Start(
            name, "dotnet", [Path.Combine(folder, $"OrleansSessions.{name}.dll"), "--environment=Development", "--urls=http://127.0.0.1:0", $"--contentRoot={folder}", .. arguments]);
        Match match = Match.Empty;
        await Wait.UntilAsync(
            () =>
            {
                Assert.False(process.HasExited, process.Output);
                match = Listening().Match(process.Output);
                return match.Success && process.Output.Contains("Application started", StringComparison.Ordinal);
            },
            Patience, $"{name} listens");
        return new Sample(process, $"http://localhost:{match.Groups["port"].Value}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"Now listening on: http://127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Listening();
}
