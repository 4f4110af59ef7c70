using OrleansSessions.AspNetCore;
using OrleansSessions.Grains.Interfaces;

namespace OrleansSessions.WebFrontend;

/// <summary>The list of a user's sessions at one time, as open pages are told of it.</summary>
/// <param name="Ids">The sessions' IDs, newest first.</param>
internal sealed record SessionListState(string Ids);

/// <summary>Looks whether a user's list of sessions has changed.</summary>
internal sealed class SessionListReader(ClusterCaller cluster)
{
    /// <summary>Reads the list's state.</summary>
    /// <returns>The last one itself where nothing has changed; null where it cannot be known now.</returns>
    public async Task<SessionListState?> ReadAsync(string subject, SessionListState? last, CancellationToken cancellationToken)
    {
        try
        {
            var list = await cluster.CallAsync((grains, ct) => grains.GetUserSessions(subject).ListAsync(ct), cancellationToken);
            var ids = string.Join(',', list.Select(static session => session.SessionId));
            return last?.Ids == ids ? last : new SessionListState(ids);
        }
        catch (Exception e) when (e is SessionsUnavailableException or OperationCanceledException)
        {
            return null;
        }
    }
}
