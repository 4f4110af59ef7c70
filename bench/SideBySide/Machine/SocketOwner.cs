using System.Globalization;

namespace OrleansSessions.SideBySide;

/// <summary>Whose socket it is, as Linux tells.</summary>
internal static class SocketOwner
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private const int Local = 1;
    private const int Inode = 9;

    /// <summary>Whether a process has a socket at a port of 127.0.0.1.</summary>
    public static bool Is(int process, int port)
    {
        var end = $":{port.ToString("X4", CultureInfo.InvariantCulture)}";
        var sockets = Tables
            .Where(File.Exists)
            .SelectMany(File.ReadAllLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > Inode && fields[Local].EndsWith(end, StringComparison.Ordinal))
            .Select(fields => $"socket:[{fields[Inode]}]")
            .ToHashSet();
        return Directory.EnumerateFiles($"/proc/{process}/fd").Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
    }
}
