using System.Globalization;
using System.Text.Json;

namespace OrleansSessions.SideBySide;

/// <summary>Closed-loop load by wrk: each connection sends its next request when it has the last one's answer.</summary>
internal static class Wrk
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Uses sessions again and again.</summary>
    public static Task<WrkResult> LoopAsync(Deployment to, string[] cookies, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(to, "loop", "GET", "/me", cookies, duration, cancellationToken);

    /// <summary>Sends one request for each session, for as long as the duration at most.</summary>
    public static Task<WrkResult> OnceAsync(
        Deployment to, string method, string path, string[] cookies, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(to, "once", method, path, cookies, duration, cancellationToken);

    /// <summary>Posts, each time with another number at the end of the path.</summary>
    public static Task<WrkResult> CountAsync(Deployment to, string path, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(to, "count", "POST", path, [], duration, cancellationToken);

    private static async Task<WrkResult> RunAsync(
        Deployment to, string mode, string method, string path, string[] cookies, TimeSpan duration, CancellationToken cancellationToken)
    {
        var file = Path.Combine(to.Run.NewDirectory("wrk"), "cookies");
        await File.WriteAllLinesAsync(file, cookies, cancellationToken);

        // One thread, or several, for each server: all get the same share.
        var threads = to.Entrances.Count > 1 ? to.Entrances.Count : to.Run.Scale.Servers;
        string[] arguments =
        [
            "-t", $"{threads}", "-c", $"{to.Run.Scale.Connections}", "--timeout", "10s",
            "-d", $"{Math.Ceiling(duration.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s",
            "-s", Paths.WrkScript, to.Entrances[0].ToString(), "--",
            mode, method, path, cookies.Length == 0 ? "-" : file, $"{threads}",
        ];
        var servers = new Dictionary<string, string> { ["SERVERS"] = string.Join(',', to.Entrances.Select(server => server.Authority)) };
        var output = await ChildProcess.RunAsync("wrk", arguments, cancellationToken, servers);
        var line = output.Split('\n').Single(text => text.StartsWith('{'));
        return JsonSerializer.Deserialize<WrkResult>(line, Web)!;
    }
}

/// <summary>What wrk counted.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Refused">Answers that were no success.</param>
/// <param name="Failed">Requests without an answer.</param>
internal sealed record WrkResult(long Requests, double Seconds, long Refused, long Failed)
{
    /// <summary>Requests per second. A run with errors measures something else, and is none.</summary>
    public double PerSecond => Refused + Failed == 0
        ? Requests / Seconds
        : throw new InvalidOperationException($"{Refused} requests were refused and {Failed} failed, of {Requests}.");
}
