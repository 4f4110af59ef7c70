namespace OrleansSessions.SideBySide;

/// <summary>Where things lie in the repository.</summary>
internal sealed class Paths
{
    private const string Framework = "net10.0";

    /// <summary>The repository's root.</summary>
    public string Root { get; } = FindRoot();

    /// <summary>The contenders' server.</summary>
    public string Contenders => Built("bench/Contenders", "OrleansSessions.Contenders.dll");

    /// <summary>The silo.</summary>
    public string Silo => Built("bench/MeasuredSilo", "OrleansSessions.MeasuredSilo.dll");

    /// <summary>The folder of the Node contender.</summary>
    public string Express => Path.Combine(Root, "bench", "Contenders", "express");

    /// <summary>What wrk is told to send.</summary>
    public static string WrkScript => Path.Combine(AppContext.BaseDirectory, "Load", "wrk.lua");

    private string Built(string project, string assembly) => Path.Combine(Root, project, "bin", "Release", Framework, assembly);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "OrleansSessions.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("Not run from within the repository.");
        }

        return directory.FullName;
    }
}
