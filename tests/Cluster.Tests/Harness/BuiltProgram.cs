using System.Reflection;

namespace OrleansSessions.Cluster.Tests.Harness;

/// <summary>Where this build's programs and files are.</summary>
internal static class BuiltProgram
{
    public static string Repository { get; } = Metadata("Repository");

    /// <summary>What is built: for debugging, or for release.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Where one of the solution's programs is.</summary>
    public static string FolderOf(string project)
    {
        var root = Directory.Exists(Path.Combine(Repository, "src", project)) ? "src" : "tests";
        return Path.Combine(Repository, root, project, "bin", Configuration, "net10.0");
    }

    /// <summary>Starts one of the solution's programs.</summary>
    public static ChildProcess Start(string project, string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var file = Path.Combine(FolderOf(project), $"OrleansSessions.{project}.dll");
        return ChildProcess.Start(name, "dotnet", [file, .. arguments], environment);
    }

    private static string Metadata(string key) =>
        typeof(BuiltProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
