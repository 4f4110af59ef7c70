namespace OrleansSessions.Packages.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    public const string Packages = "OrleansSessions.Packages.slnf";

    public static string Root { get; } = Find();

    /// <summary>What the tests were built as; the packages are made of the same.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, Packages)))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above the tests has {Packages}.");
        }

        return folder.FullName;
    }
}
