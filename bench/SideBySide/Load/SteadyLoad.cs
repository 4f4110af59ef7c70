using System.Net;

namespace OrleansSessions.SideBySide;

/// <summary>Visits at a fixed rate through a balancer, while something happens behind it.</summary>
internal static class SteadyLoad
{
    private const int Tries = 10;

    /// <summary>Visits sessions in turn; a third of the way through, makes the change. Returns how many visits failed.</summary>
    public static async Task<int> RunAsync(
        Scale scale, Uri balancer, string[] cookies, Func<Task> change, CancellationToken cancellationToken)
    {
        var failed = 0;
        var changed = ChangeAsync();
        await OpenLoop.RunAsync(
            scale.SteadyRate,
            scale.SteadyDuration,
            async (number, _) =>
            {
                if (await TryVisitAsync(balancer, cookies[number % cookies.Length], cancellationToken) != HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref failed);
                }
            },
            cancellationToken);
        await changed;
        return failed;

        async Task ChangeAsync()
        {
            await Task.Delay(scale.SteadyDuration / 3, cancellationToken);
            await change();
        }
    }

    /// <summary>Counts the sessions that nobody knows any more. An unavailable server is asked again.</summary>
    public static async Task<int> CountLostAsync(Uri balancer, string[] cookies, CancellationToken cancellationToken)
    {
        var lost = 0;
        var degree = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(cookies, degree, async (cookie, ct) =>
        {
            var status = HttpStatusCode.ServiceUnavailable;
            for (var i = 0; i < Tries && status is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized); i++)
            {
                await Task.Delay(i * 200, ct);
                status = await TryVisitAsync(balancer, cookie, ct);
            }

            if (status != HttpStatusCode.OK)
            {
                Interlocked.Increment(ref lost);
            }
        });
        return lost;
    }

    private static async Task<HttpStatusCode> TryVisitAsync(Uri balancer, string cookies, CancellationToken cancellationToken)
    {
        try
        {
            return await Browser.VisitAsync(balancer, cookies, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HttpStatusCode.ServiceUnavailable;
        }
    }
}
