using System.Net.ServerSentEvents;
using System.Text.Json;
using OrleansSessions.AspNetCore;

namespace OrleansSessions.WebFrontend;

/// <summary>Tells an open page of its user's sessions what happens to them.</summary>
/// <remarks>
/// The end of the page's own session comes through its lease, at once. What happens to the others is found by comparing
/// their list every few seconds. Neither is a use of the session: an open page keeps nobody signed in.
/// </remarks>
internal sealed class LiveSessions(ISessionWatcher watcher, SessionLists lists, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The session has ended; the data says why. The last event.</summary>
    public const string Ended = "ended";

    /// <summary>The user has these sessions; the data are their IDs, newest first. Comes first, and with each change.</summary>
    public const string Sessions = "sessions";

    /// <summary>Nothing has happened: proxies cut connections on which nothing passes.</summary>
    public const string Alive = "alive";

    private static readonly TimeSpan AlivePeriod = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectionInterval = TimeSpan.FromSeconds(2);

    /// <summary>Reports until the session ends, its secret is replaced, the client leaves or the server stops.</summary>
    public async IAsyncEnumerable<SseItem<string>> ReportAsync(HttpContext context, SessionInfo current)
    {
        await using var watch = watcher.Watch(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            watch.Ended, context.RequestAborted, lifetime.ApplicationStopping);
        using var list = lists.Open(current.Subject);
        yield return new SseItem<string>("", Alive) { ReconnectionInterval = ReconnectionInterval };
        var (told, toldAt) = ((SessionListState?)null, time.GetTimestamp());
        do
        {
            if (list.Current is { } changed && changed.Ids != told?.Ids)
            {
                (told, toldAt) = (changed, time.GetTimestamp());
                yield return new SseItem<string>(changed.Ids, Sessions);
            }
            else if (time.GetElapsedTime(toldAt) >= AlivePeriod)
            {
                toldAt = time.GetTimestamp();
                yield return new SseItem<string>("", Alive);
            }

            await list.WaitForChangeAsync(told, AlivePeriod, stop.Token);
        }
        while (!stop.IsCancellationRequested);

        // Without a reason, the secret was replaced: the browser has the new one, and comes back with it.
        if (watch.Reason != RevocationReason.None)
        {
            yield return new SseItem<string>(JsonNamingPolicy.CamelCase.ConvertName(watch.Reason.ToString()), Ended);
        }
    }
}
