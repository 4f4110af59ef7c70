using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace OrleansSessions.SideBySide;

/// <summary>Uses a session at one front end, one request after the other.</summary>
internal sealed class Probe(Uri server, string cookie)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<(long Sent, long Answered)> _accepted = new();
    private int _refusalsInARow;

    /// <summary>When accepted requests were sent, and answered.</summary>
    public IEnumerable<(long Sent, long Answered)> Accepted => _accepted;

    /// <summary>How many were accepted.</summary>
    public int Acceptances => _accepted.Count;

    /// <summary>How many were refused since the last acceptance.</summary>
    public int RefusalsInARow => Volatile.Read(ref _refusalsInARow);

    /// <summary>Goes on until the end. An answer that says neither yes nor no, or none, counts as neither.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var sent = Stopwatch.GetTimestamp();
            switch (await TryVisitAsync(end))
            {
                case HttpStatusCode.OK:
                    _accepted.Enqueue((sent, Stopwatch.GetTimestamp()));
                    Volatile.Write(ref _refusalsInARow, 0);
                    break;
                case HttpStatusCode.Unauthorized:
                    Interlocked.Increment(ref _refusalsInARow);
                    break;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<HttpStatusCode?> TryVisitAsync(CancellationToken end)
    {
        try
        {
            return await Browser.VisitAsync(server, cookie, end);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
