using System.Diagnostics;

namespace OrleansSessions.Packages.Tests;

/// <summary>An application that was made outside the repository, while it runs.</summary>
internal sealed class NewApplication : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly HttpClient _http;

    private NewApplication(Process process, string address) =>
        (_process, _http) = (process, new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(address) });

    /// <summary>Makes an application by a guide, and starts it.</summary>
    public static async Task<NewApplication> MakeAsync(Guide guide, Feed feed)
    {
        var folder = feed.Folder;
        foreach (var command in guide.Commands.Select(static command => command.Split(' ')))
        {
            if (command is ["cd", var next])
            {
                folder = Path.Combine(folder, next);
            }
            else if (command is ["dotnet", not "run", ..])
            {
                await Command.RunAsync(folder, feed.Environment, command[1..]);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), guide.Program);
        await Command.RunAsync(folder, feed.Environment, "build", "--output", "built");
        return await StartAsync(Path.Combine(folder, "built", $"{Path.GetFileName(folder)}.dll"));
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? cookie = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private static async Task<NewApplication> StartAsync(string program)
    {
        using var patience = new CancellationTokenSource(Patience);
        var process = Process.Start(Command.Prepare(
            Path.GetDirectoryName(program)!,
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
            [program]))!;
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            seen.Add(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                // What nobody reads would fill the pipe, and stop the application.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                process.BeginErrorReadLine();
                return new NewApplication(process, line[(at + Listening.Length)..].Trim());
            }
        }

        throw new InvalidOperationException($"The application ended:\n{string.Join('\n', seen)}\n{await process.StandardError.ReadToEndAsync(patience.Token)}");
    }
}
