namespace OrleansSessions.Packages.Tests;

/// <summary>The packages, packed as they are built, in a folder outside the repository.</summary>
public sealed class Feed : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("orleans-sessions-packages-");

    /// <summary>Where applications are made.</summary>
    public string Folder => _root.FullName;

    /// <summary>What a command runs with: packages that are not the test's own come from where this machine has them.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(Folder, "restored") };

    private string Packages => Path.Combine(Folder, "feed");

    public IEnumerable<string> Files => Directory.EnumerateFiles(Packages, "*.nupkg");

    public async Task InitializeAsync()
    {
        await Command.RunAsync(
            Repository.Root, new Dictionary<string, string>(), "pack", Repository.Packages, "--no-build", "--no-restore", "--configuration", Repository.Configuration, "--output", Packages);
        await File.WriteAllTextAsync(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="feed" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{MachineFolder()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static string MachineFolder() => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
