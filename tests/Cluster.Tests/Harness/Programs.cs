namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Programs of the machine that some tests need.</summary>
internal static class Programs
{
    /// <summary>Where a program is, or null. Servers stand in folders that not everyone has on the path.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/local/sbin", "/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Why a test cannot run here; null where it can, and where it must, because a missing program is a fault.</summary>
    public static string? SkipWithout(string[] names)
    {
        var missing = names.Where(static name => Find(name) is null).ToArray();
        return missing.Length > 0 && Environment.GetEnvironmentVariable("CI") != "true"
            ? $"needs {string.Join(" and ", missing)}"
            : null;
    }
}
