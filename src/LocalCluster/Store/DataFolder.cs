namespace OrleansSessions.LocalCluster.Store;

/// <summary>A folder of data that one process at a time uses.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _temporary;

    private DataFolder(string path, FileStream fileLock, bool temporary) => (Path, _lock, _temporary) = (path, fileLock, temporary);

    public string Path { get; }

    /// <summary>Opens a folder, and keeps others out of it.</summary>
    public static DataFolder Open(string? path) => Lock(System.IO.Path.GetFullPath(path ?? Default()), temporary: false);

    /// <summary>Makes a folder that is gone at the end.</summary>
    public static DataFolder Temporary() => Lock(Directory.CreateTempSubdirectory("orleans-sessions-").FullName, temporary: true);

    public void Dispose()
    {
        _lock.Dispose();
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string Default()
    {
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return own.Length > 0
            ? System.IO.Path.Combine(own, "OrleansSessions")
            : throw new LocalFailureException("this user has no folder for data; name one with --data, or use --ephemeral.");
    }

    private static DataFolder Lock(string path, bool temporary)
    {
        try
        {
            Create(path);
            var file = System.IO.Path.Combine(path, "lock");
            return new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), temporary);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LocalFailureException($"{path} cannot be written to; choose another folder with --data.", e);
        }
        catch (IOException e) when (Directory.Exists(path))
        {
            throw new LocalFailureException(
                $"another LocalCluster is running on {path}; stop it, or choose another folder with --data.", e);
        }
        catch (IOException e)
        {
            throw new LocalFailureException($"{path} cannot be made; choose another folder with --data.", e);
        }
    }

    // The store holds hashes of passwords: it is its owner's alone.
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
