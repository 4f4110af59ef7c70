using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>The list of a user's sessions at one time, as open pages are told of it.</summary>
/// <param name="Changes">The number of the list's changes, before it was read.</param>
/// <param name="Ids">The sessions' IDs, newest first.</param>
/// <param name="ReadAt">When it was read; a monotonic timestamp.</param>
internal sealed record SessionListState(long Changes, string Ids, long ReadAt);

/// <summary>Looks whether a user's list of sessions has changed: by one number, and by the list where that has grown.</summary>
internal sealed class SessionListReader(ClusterCaller cluster, TimeProvider time)
{
    /// <summary>After it a list is read in any case: the number does not tell of sessions that ended by idling.</summary>
    private static readonly TimeSpan OldestList = TimeSpan.FromMinutes(1);

    /// <summary>Reads the list's state.</summary>
    /// <returns>The last one itself where nothing has changed; null where the cluster does not answer.</returns>
    public async Task<SessionListState?> ReadAsync(string subject, SessionListState? last, CancellationToken cancellationToken)
    {
        try
        {
            var changes = await cluster.CallAsync(
                (grains, ct) => grains.GetUserSessions(subject).ChangesAsync(ct).AsTask(), cancellationToken);
            if (changes == last?.Changes && time.GetElapsedTime(last.ReadAt) < OldestList)
            {
                return last;
            }

            var list = await cluster.CallAsync((grains, ct) => grains.GetUserSessions(subject).ListAsync(ct), cancellationToken);
            return new SessionListState(changes, string.Join(',', list.Select(static session => session.SessionId)), time.GetTimestamp());
        }
        catch (Exception e) when (e is SessionsUnavailableException or OperationCanceledException)
        {
            return null;
        }
    }
}
