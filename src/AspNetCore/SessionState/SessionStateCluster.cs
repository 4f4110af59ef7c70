namespace OrleansSessions.AspNetCore;

/// <summary>Calls the grains of session data.</summary>
internal sealed class SessionStateCluster(IServiceProvider services)
{
    private readonly ClusterCaller _cluster = (ClusterCaller?)services.GetService(typeof(ClusterCaller))
        ?? throw new InvalidOperationException("Session state needs sessions: call AddAuthentication().AddOrleansSessions() as well.");

    /// <exception cref="SessionsUnavailableException">The cluster cannot answer now.</exception>
    public Task<SessionDataContents> LoadAsync(string dataKey, SessionDataUse use, CancellationToken cancellationToken) =>
        _cluster.CallAsync((grains, ct) => grains.GetSessionData(dataKey).LoadAsync(use, ct), cancellationToken);

    /// <exception cref="SessionsUnavailableException">The cluster does not answer. The changes may have been stored.</exception>
    public Task<SessionDataCommitResult> CommitAsync(string dataKey, SessionDataCommit commit, CancellationToken cancellationToken) =>
        _cluster.CallAsync((grains, ct) => grains.GetSessionData(dataKey).CommitAsync(commit, ct), cancellationToken);

    /// <exception cref="SessionsUnavailableException">The cluster does not answer. The data may have been bound.</exception>
    public Task<SessionDataStatus> BindAsync(string dataKey, SessionDataBinding binding, CancellationToken cancellationToken) =>
        _cluster.CallAsync((grains, ct) => grains.GetSessionData(dataKey).BindAsync(binding, ct), cancellationToken);

    /// <summary>Tells of a use, for which no request waits. One that is lost lets idle time pass too soon.</summary>
    public void Touch(string dataKey) => _ = Background.Start(async () =>
    {
        try
        {
            await _cluster.CallOnceAsync(
                async (grains, _) =>
                {
                    await grains.GetSessionData(dataKey).TouchAsync();
                    return true;
                },
                CancellationToken.None);
        }
        catch (SessionsUnavailableException)
        {
            // The caller has logged it.
        }
    });
}
