using System.Runtime.InteropServices;

namespace OrleansSessions.SideBySide;

/// <summary>The machine and the versions that a result belongs to.</summary>
internal sealed record MachineInfo
{
    private static readonly string[] Programs = ["redis-server", "nginx", "wrk", "node", "npm"];

    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required double MemoryGigabytes { get; init; }

    public required string System { get; init; }

    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public static async Task<MachineInfo> ReadAsync(Paths paths, CancellationToken cancellationToken)
    {
        foreach (var program in Programs)
        {
            if (await AskAsync($"command -v {program} || true") == "")
            {
                throw new MissingProgramException(program);
            }
        }

        return new MachineInfo
        {
            Processor = ReadProcessor(),
            Cores = Environment.ProcessorCount,
            MemoryGigabytes = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            System = RuntimeInformation.OSDescription,
            Versions = new Dictionary<string, string>
            {
                [".NET"] = RuntimeInformation.FrameworkDescription,
                ["Redis"] = await AskAsync("redis-server --version | cut -d' ' -f3"),
                ["nginx"] = await AskAsync("nginx -v 2>&1 | cut -d/ -f2"),
                ["Node"] = await AskAsync("node --version"),
                ["wrk"] = await AskAsync("wrk -v | head -n 1 | cut -d' ' -f2"),
                ["commit"] = await AskAsync("git describe --always --dirty 2>/dev/null || echo unknown"),
            },
        };

        async Task<string> AskAsync(string command) =>
            (await ChildProcess.RunAsync("sh", ["-c", command], cancellationToken, workingDirectory: paths.Root)).Trim();
    }

    private static string ReadProcessor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
}
