namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>A silo or a front end, as a process with a health page.</summary>
internal sealed class RunningServer(string project, string name, int port, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public string Address { get; } = $"http://127.0.0.1:{port}";

    public string Name => name;

    public ChildProcess Process { get; private set; } = null!;

    /// <summary>Starts the process, or starts it again in the same place.</summary>
    public void Launch() => Process = BuiltProgram.Start(project, name, [], environment);

    public async Task<TimeSpan> UntilReadyAsync() =>
        await Wait.UntilAsync(async () =>
        {
            Assert.False(Process.HasExited, $"{name} ended:\n{Process.Output}");
            return await AnswersAsync("/health/ready");
        }, Patience, $"{name} is ready");

    public async Task UntilAliveAsync() =>
        await Wait.UntilAsync(() => AnswersAsync("/health/live"), Patience, $"{name} is alive");

    public async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address + path));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Ends it as a crash does.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>Ends it as a supervisor does.</summary>
    public async Task<int> StopAsync()
    {
        await Process.SignalAsync("TERM");
        return await Process.WaitForExitAsync();
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
