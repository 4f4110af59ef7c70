using System.Diagnostics;

namespace OrleansSessions.SideBySide;

/// <summary>A fault, and sign-outs within it. All sessions of a period are signed out at once.</summary>
/// <remarks>
/// The first front end signs out; the linked one has used the session until then, and is struck by the fault; a third one has
/// never seen the session, and has nothing of it in memory.
/// </remarks>
internal sealed class FaultPeriod(Scale scale, Deployment deployment, Fault fault)
{
    private const int AcceptancesFirst = 10;
    private const int RefusalsLast = 3;
    private const int RacingRequests = 8;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterRecovery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2.5);

    private readonly IReadOnlyList<Uri> _servers = deployment.Entrances;

    /// <summary>When everything worked again; what is not so yet is far away.</summary>
    private long _recovered = long.MaxValue;

    /// <summary>Makes the sign-outs.</summary>
    /// <param name="first">The number of the first user.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<Trial>> RunAsync(int first, CancellationToken cancellationToken)
    {
        var cookies = await Browser.SignInAsync([_servers[0]], scale.FaultSessions, cancellationToken, first);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var used = cookies.Select(cookie => _servers.Take(2).Select(server => new Probe(server, cookie)).ToList()).ToArray();
        var running = used.SelectMany(probes => probes.Select(probe => probe.RunAsync(end.Token))).ToArray();
        await WaitAsync(() => used.All(probes => probes.All(probe => probe.Acceptances >= AcceptancesFirst)), Patience, cancellationToken);
        if (used.Any(probes => probes.Any(probe => probe.Acceptances == 0)))
        {
            throw new InvalidOperationException("A session was not accepted before its sign-out.");
        }

        await fault.BeginAsync(deployment);
        var recovery = RecoverAsync(cancellationToken);
        await Task.Delay(fault.Lead, cancellationToken);
        var trials = await Task.WhenAll(cookies.Select((cookie, i) => TryAsync(cookie, used[i], end.Token)));
        await recovery;
        await end.CancelAsync();
        await Task.WhenAll(running);
        return trials;
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(fault.Length, cancellationToken);
        await fault.EndAsync(deployment, cancellationToken);
        Volatile.Write(ref _recovered, Stopwatch.GetTimestamp());
    }

    private async Task<Trial> TryAsync(string cookie, List<Probe> probes, CancellationToken end)
    {
        var race = fault.HasRace ? RaceAsync(cookie, end) : Task.FromResult<string?>(null);
        var sent = Stopwatch.GetTimestamp();
        var confirmed = await Browser.TrySignOutAsync(_servers[0], cookie, end);
        var answered = Stopwatch.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(end);

        // Beside those that have used it: a request without an answer would hold up the next one.
        List<Probe> late = [];
        List<Task> running = [];
        void Watch(string cookies)
        {
            Probe[] added = [.. _servers.Select(server => new Probe(server, cookies))];
            late.AddRange(added);
            running.AddRange(added.Select(probe => probe.RunAsync(over.Token)));
        }

        Watch(cookie);
        if (await race is { } renewed)
        {
            Watch(renewed);
        }

        Probe[] all = [.. probes, .. late];
        var settled = fault.IsSlow ? Settled : TimeSpan.Zero;
        await WaitAsync(
            () => Since(answered) > settled && Since(_recovered) > settled && all.All(probe => probe.RefusalsInARow >= RefusalsLast),
            scale.FaultWatch, end);
        await over.CancelAsync();
        await Task.WhenAll(running);

        var accepted = all.SelectMany(probe => probe.Accepted).Where(each => each.Sent > answered).ToArray();
        var works = Math.Max(answered, Volatile.Read(ref _recovered));
        return new Trial(
            confirmed,
            sent,
            answered,
            accepted,
            IsOpen: confirmed && accepted.Length > 0 && !all.All(probe => probe.RefusalsInARow >= RefusalsLast),
            IsNotDurable: confirmed && accepted.Any(each => each.Sent > works && Stopwatch.GetElapsedTime(works, each.Sent) > AfterRecovery));
    }

    // Requests of the session at all front ends, and one that renews it. Returns the cookie that came of that.
    private async Task<string?> RaceAsync(string cookie, CancellationToken end)
    {
        var visits = Enumerable.Range(0, RacingRequests).Select(i => Browser.VisitAsync(_servers[i % _servers.Count], cookie, end)).ToArray();
        var renewed = await Browser.RenewAsync(_servers[1], cookie, end);
        await Task.WhenAll(visits);
        return renewed;
    }

    private static TimeSpan Since(long moment) => moment == long.MaxValue ? TimeSpan.MinValue : Stopwatch.GetElapsedTime(moment);

    private static async Task WaitAsync(Func<bool> isSo, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isSo() && Stopwatch.GetElapsedTime(started) < atMost)
        {
            await Task.Delay(Poll, cancellationToken);
        }
    }
}
