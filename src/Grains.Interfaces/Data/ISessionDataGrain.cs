using Orleans.Concurrency;

namespace OrleansSessions;

/// <summary>What an application keeps for one browser, key by key. The key is derived from a secret in the browser's cookie.</summary>
/// <remarks>
/// <para>Names and values are sealed by the front end, so neither a silo nor the store can read one. Changes are merged: a
/// commit replaces and removes the entries that it names, and no other.</para>
/// <para>Data is anonymous until it is bound to a session. The end of that session ends the data: a new generation begins,
/// which is empty, and a commit of an earlier generation writes nothing.</para>
/// </remarks>
[Alias("OrleansSessions.ISessionDataGrain"), GrainInterfaceType(GrainInterfaceTypes.SessionData)]
public interface ISessionDataGrain : IGrainWithStringKey
{
    /// <summary>Reads all entries, which is a use of the data.</summary>
    [Alias("Load")]
    Task<SessionDataContents> LoadAsync(SessionDataUse use, CancellationToken cancellationToken = default);

    /// <summary>Applies changes: all of them or, where the status says so, none.</summary>
    /// <remarks>A repeated call, after an answer that was lost, changes nothing a second time.</remarks>
    [Alias("Commit")]
    Task<SessionDataCommitResult> CommitAsync(SessionDataCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Binds the data to a session: it ends with that session, and is from now on for its requests alone.</summary>
    [Alias("Bind")]
    Task<SessionDataStatus> BindAsync(SessionDataBinding binding, CancellationToken cancellationToken = default);

    /// <summary>Tells of a request that used the browser's cookie, and not the data. Nobody waits for it.</summary>
    [Alias("Touch"), OneWay]
    Task TouchAsync();
}
